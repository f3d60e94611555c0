// Group commit: while one flush commits, the next batch gathers. A submission is answered after the commit of
// everything in it, so "acknowledged" means "in the log".
import { Unavailable } from './failure.ts';
import type { LogView, Refusal } from './flush.ts';
import type { LaneKind } from './lane.ts';
import { Log, type Outcome } from './log.ts';
import { RefusalMerger } from './refusal-merger.ts';

export type RecorderOptions = {
  kind?: LaneKind;
  maxQueuedViews?: number;
  maxQueuedBytes?: number;
  deadlineMs?: number;
  /** Called after each flush with what it took and how many views and refusals were in it. */
  onFlush?: (seconds: number, views: number) => void;
};
export type RecorderStats = {
  maxQueuedViews: number;
  queuedViews: number;
  queuedBytes: number;
  flushes: number;
  /** Null before the first flush. */
  lastFlushMs: number | null;
};

type Submission = {
  views: LogView[];
  refusals: Refusal[];
  bytes: number;
  resolve(outcomes: Outcome[]): void;
  reject(error: Unavailable): void;
};

const maxViewsPerFlush = 2_000;
// A view's fixed columns as JavaScript objects; its texts come on top.
const bytesPerEntry = 400;

export class Recorder {
  readonly #log: Log;
  readonly #maxQueuedViews: number;
  readonly #maxQueuedBytes: number;
  readonly #stats: Omit<RecorderStats, 'maxQueuedViews'> = {
    queuedViews: 0,
    queuedBytes: 0,
    flushes: 0,
    lastFlushMs: null,
  };
  readonly #onFlush: NonNullable<RecorderOptions['onFlush']>;
  readonly #refusals = new RefusalMerger();
  #queue: Submission[] = [];
  #flushing: Promise<void> | undefined;
  #isClosed = false;

  constructor(url: string, options: RecorderOptions = {}) {
    this.#maxQueuedViews = options.maxQueuedViews ?? 50_000;
    this.#maxQueuedBytes = options.maxQueuedBytes ?? 64 * 1024 * 1024;
    this.#onFlush = options.onFlush ?? (() => {});
    this.#log = new Log(url, options.kind ?? 'live', options.deadlineMs ?? 5_000);
  }

  /**
   * Queues views and refusals; resolves after their commit with an outcome per view, in the order given.
   * Rejects with Unavailable when the queue is full or the database away: nothing was acknowledged, so the same
   * ids may be sent again.
   */
  record(views: LogView[], refusals: Refusal[] = []): Promise<Outcome[]> {
    if (views.length === 0 && refusals.length === 0) return Promise.resolve([]);
    if (this.#isClosed) return Promise.reject(new Unavailable('The server is shutting down.'));
    const bytes = sizeOf(views) + refusals.length * bytesPerEntry;
    if (this.#isFull(views.length + refusals.length, bytes))
      return Promise.reject(new Unavailable('The queue is full.'));
    return new Promise((resolve, reject) => {
      this.#queue.push({ views, refusals, bytes, resolve, reject });
      this.#stats.queuedViews += views.length + refusals.length;
      this.#stats.queuedBytes += bytes;
      this.#flushing ??= this.#flushAll();
    });
  }

  stats(): RecorderStats {
    return { ...this.#stats, maxQueuedViews: this.#maxQueuedViews };
  }

  /** Takes nothing more, flushes what is queued, gives the lane back. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#flushing;
    await this.#log.close();
  }

  #isFull(entries: number, bytes: number): boolean {
    const { queuedViews, queuedBytes } = this.#stats;
    return queuedViews + entries > this.#maxQueuedViews || queuedBytes + bytes > this.#maxQueuedBytes;
  }

  async #flushAll(): Promise<void> {
    // One turn of the event loop lets the requests that are already read join the first batch.
    await new Promise(setImmediate);
    while (this.#queue.length > 0) await this.#flush(this.#takeBatch());
    this.#flushing = undefined;
  }

  #takeBatch(): Submission[] {
    let views = 0;
    let taken = 0;
    for (const submission of this.#queue) {
      views += submission.views.length;
      if (taken > 0 && views > maxViewsPerFlush) break;
      taken += 1;
    }
    return this.#queue.splice(0, taken);
  }

  async #flush(batch: Submission[]): Promise<void> {
    const startedAt = performance.now();
    try {
      const views = batch.flatMap((submission) => submission.views);
      const refusals = this.#refusals.merge(batch.flatMap((submission) => submission.refusals));
      const outcomes = await this.#log.append(views, refusals);
      let from = 0;
      for (const submission of batch) {
        submission.resolve(outcomes.slice(from, from + submission.views.length));
        from += submission.views.length;
      }
    } catch (error) {
      const reason = error instanceof Unavailable ? error : new Unavailable('The views could not be written.', error);
      for (const { reject } of batch) reject(reason);
    } finally {
      this.#stats.flushes += 1;
      this.#stats.lastFlushMs = performance.now() - startedAt;
      const entries = batch.reduce((sum, { views, refusals }) => sum + views.length + refusals.length, 0);
      this.#onFlush(this.#stats.lastFlushMs / 1_000, entries);
      for (const { views, refusals, bytes } of batch) {
        this.#stats.queuedViews -= views.length + refusals.length;
        this.#stats.queuedBytes -= bytes;
      }
    }
  }
}

function sizeOf(views: LogView[]): number {
  return views.reduce(
    (sum, view) => sum + bytesPerEntry + 2 * ((view.site?.length ?? 0) + (view.referrer?.length ?? 0)),
    0,
  );
}
