// The log as a writer sees it: leases a lane, appends batches, and answers each kind of failure.
import { withDeadline } from '#db/deadline.ts';
import { classifyFailure, rejectionFor, Unavailable } from './failure.ts';
import { type FlushResult, flushBatch, type LogView, type Refusal, viewKey } from './flush.ts';
import { type Labels, learnLabels } from './labels.ts';
import { type Lane, type LaneKind, leaseLane } from './lane.ts';
import { archivedDays, ensureWritablePartitions, logDay } from './log-partitions.ts';
import { OriginCap } from './origin-cap.ts';
import type { Rejection } from './wire.ts';

export type Outcome = { status: 'counted' } | { status: 'duplicate' } | ({ status: 'rejected' } & Rejection);

/** `repeats` are further copies of `views`: duplicates if those are taken, refused like them if not. */
type Batch = { views: LogView[]; repeats: LogView[]; refusals: Refusal[]; tries: number };
type Outcomes = Map<string, Outcome>;

const maxTries = 5;
const leaseRetryMs = 250;
// Whoever sends a view again mostly has more of them, and a flush that meets one unawares is written twice.
const tolerantFlushesAfterDuplicate = 100;

export class Log {
  readonly #url: string;
  readonly #kind: LaneKind;
  readonly #deadlineMs: number;
  readonly #labels: Labels = new Map();
  readonly #origins = new OriginCap();
  #lane: Lane | undefined;
  #leaseFailedAt = Number.NEGATIVE_INFINITY;
  #tolerantFlushes = 0;

  constructor(url: string, kind: LaneKind, deadlineMs: number) {
    this.#url = url;
    this.#kind = kind;
    this.#deadlineMs = deadlineMs;
  }

  /** Appends views, with an outcome for each in the order given. Throws Unavailable when the database is away. */
  async append(views: LogView[], refusals: Refusal[]): Promise<Outcome[]> {
    const { unique, repeats } = dedupe(views);
    const outcomes = await this.#write({ views: [...unique.values()], repeats, refusals, tries: 1 });
    const answered = new Set<string>();
    return views.map((view) => {
      const key = viewKey(view);
      const outcome = outcomes.get(key);
      if (!outcome) throw new Error(`No outcome for view ${view.id}`);
      if (outcome.status !== 'counted' || !answered.has(key)) {
        answered.add(key);
        return outcome;
      }
      return { status: 'duplicate' };
    });
  }

  async close(): Promise<void> {
    await this.#lane?.release();
  }

  async #write(batch: Batch): Promise<Outcomes> {
    const lane = await this.#heldLane();
    try {
      const { batch: number, duplicates } = await withDeadline(this.#flush(lane, batch), this.#deadlineMs);
      if (number === undefined) return await this.#writeOnAnotherLane(lane, batch);
      lane.batch = number;
      if (duplicates.size > 0) this.#tolerantFlushes = tolerantFlushesAfterDuplicate;
      return new Map(
        batch.views.map(viewKey).map((key) => [key, { status: duplicates.has(key) ? 'duplicate' : 'counted' }]),
      );
    } catch (error) {
      if (error instanceof Unavailable) throw error;
      return this.#recover(error, lane, batch);
    }
  }

  async #flush(lane: Lane, { views, repeats, ...batch }: Batch): Promise<FlushResult> {
    await learnLabels(lane.sql, this.#labels, views);
    const refusals = [...batch.refusals, ...repeats.map((view) => this.#refusalOf(view, 'duplicate'))];
    this.#tolerantFlushes -= 1;
    const isTolerant = this.#tolerantFlushes >= 0 || repeats.length > 0;
    const duplicates = isTolerant
      ? { origins: new Set(views.map((view) => this.#originOf(view))), repeats }
      : undefined;
    return flushBatch(lane.sql, lane.lane, lane.batch, this.#labels, views, refusals, duplicates);
  }

  /** The lane's row had moved on: the lease was lost, and nothing was written. */
  async #writeOnAnotherLane(lane: Lane, batch: Batch): Promise<Outcomes> {
    await this.#giveUp(lane);
    return this.#again(batch, new Error('The lease on the log was lost.'));
  }

  async #recover(error: unknown, lane: Lane, batch: Batch): Promise<Outcomes> {
    switch (classifyFailure(error)) {
      case 'retry':
        return this.#again(batch, error);
      case 'duplicate':
        this.#tolerantFlushes = tolerantFlushesAfterDuplicate;
        return this.#again(batch, error);
      case 'no_partition':
        return this.#writeWithPartitions(error, lane, batch);
      case 'poison':
        return this.#isolate(error, batch);
      case 'refused':
        throw new Unavailable('The database did not take the views.', error);
      case 'unknown_outcome':
        // It may yet commit; a new lease starts from what the lane's row says by then.
        await this.#giveUp(lane);
        throw new Unavailable('The database is away.', error);
    }
  }

  #again(batch: Batch, error: unknown): Promise<Outcomes> {
    if (batch.tries >= maxTries) throw new Unavailable('The database did not take the views.', error);
    return this.#write({ ...batch, tries: batch.tries + 1 });
  }

  async #writeWithPartitions(error: unknown, lane: Lane, batch: Batch): Promise<Outcomes> {
    let archived: Set<string>;
    try {
      archived = await withDeadline(this.#makePartitions(lane, batch), this.#deadlineMs);
    } catch (failure) {
      // A time that no partition can be made for.
      if (classifyFailure(failure) === 'poison') return this.#isolate(failure, batch);
      await this.#giveUp(lane);
      throw new Unavailable('The database is away.', failure);
    }
    const isKept = (view: LogView) => !archived.has(logDay(view));
    const isDropped = (view: LogView) => archived.has(logDay(view));
    const refused = [...batch.views, ...batch.repeats]
      .filter(isDropped)
      .map((view) => this.#refusalOf(view, 'archived'));
    const [views, repeats] = [batch.views.filter(isKept), batch.repeats.filter(isKept)];
    const outcomes = await this.#again({ ...batch, views, repeats, refusals: [...batch.refusals, ...refused] }, error);
    for (const view of batch.views.filter(isDropped)) {
      outcomes.set(viewKey(view), { status: 'rejected', reason: 'archived' });
    }
    return outcomes;
  }

  /** Makes the partitions that a batch needs; resolves to those of its days that are archived. */
  async #makePartitions({ sql }: Lane, { views, repeats, refusals }: Batch): Promise<Set<string>> {
    const archived = await archivedDays(sql, views.map(logDay));
    const days = views.map(logDay).filter((day) => !archived.has(day));
    const received = [...views, ...repeats, ...refusals].map(({ receivedAt }) => receivedAt);
    await ensureWritablePartitions(sql, days, new Date(Math.max(...received)));
    return archived;
  }

  /** Halves a batch that the database refuses until the view that it refuses stands alone; its neighbours are kept. */
  async #isolate(error: unknown, { views, repeats, refusals }: Batch): Promise<Outcomes> {
    const [poison] = views;
    if (!poison) throw new Unavailable('The database did not take the refusals.', error);
    if (views.length === 1) {
      const rejection = rejectionFor(error);
      // None of the view's texts go into the refusal: one of them may be what the database does not take.
      const refusal = { ...this.#refusalOf(poison, rejection.reason), videoId: 0 as const, origin: '' };
      const refused = [...refusals, ...[poison, ...repeats].map(() => refusal)];
      const outcomes = await this.#write({ views: [], repeats: [], refusals: refused, tries: 1 });
      return outcomes.set(viewKey(poison), { status: 'rejected', ...rejection });
    }
    const half = new Set(views.slice(0, views.length >> 1).map(viewKey));
    const isFirst = (view: LogView) => half.has(viewKey(view));
    const isSecond = (view: LogView) => !isFirst(view);
    const first = { views: views.filter(isFirst), repeats: repeats.filter(isFirst), refusals, tries: 1 };
    const second = { views: views.filter(isSecond), repeats: repeats.filter(isSecond), refusals: [], tries: 1 };
    return new Map([...(await this.#write(first)), ...(await this.#write(second))]);
  }

  #refusalOf(view: LogView, reason: Refusal['reason']): Refusal {
    const { videoId, receivedAt } = view;
    return { reason, videoId, origin: this.#originOf(view), receivedAt, views: 1 };
  }

  /** The page's site; the sender's, where no page was told. */
  #originOf({ site, receivedAt }: LogView): string {
    return this.#origins.name(site ?? '', receivedAt);
  }

  async #heldLane(): Promise<Lane> {
    if (this.#lane && !this.#lane.isLost()) return this.#lane;
    if (this.#lane) await this.#giveUp(this.#lane);
    const wait = this.#leaseFailedAt + leaseRetryMs - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    try {
      this.#lane = await leaseLane(this.#url, this.#kind, this.#deadlineMs);
      return this.#lane;
    } catch (error) {
      this.#leaseFailedAt = performance.now();
      throw new Unavailable('The database is away.', error);
    }
  }

  async #giveUp(lane: Lane): Promise<void> {
    if (this.#lane === lane) this.#lane = undefined;
    await lane.release();
  }
}

function dedupe(views: LogView[]): { unique: Map<string, LogView>; repeats: LogView[] } {
  const unique = new Map<string, LogView>();
  const repeats: LogView[] = [];
  for (const view of views) {
    const key = viewKey(view);
    if (unique.has(key)) repeats.push(view);
    else unique.set(key, view);
  }
  return { unique, repeats };
}
