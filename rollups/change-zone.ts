// Changes the reporting zone: days and months (and hours, where the zones' begin at other minutes) are cut anew from the log and,
// where that is gone, from the hours. Moves are collected beside ingest and rollup; one transaction applies them and stores the zone.
import type { Sql, Transaction } from '#db/client.ts';
import { changedZone, nameOf, type ReportingZone, readZone, refuseOtherZone, storeZone } from '#db/reporting-zone.ts';
import { ensureRecutPartitions, recutRefusals } from '#ingest/recut-refusals.ts';
import { ensureAggregatePartitions } from './aggregate-partitions.ts';
import { type BatchRange, type LaneRange, whenever } from './batch-range.ts';
import { recutBreakdowns } from './breakdowns/recut-breakdowns.ts';
import type { Probe } from './close-day.ts';
import { whenNobodyCloses } from './close-lock.ts';
import { daysWithLog } from './kept-days.ts';
import type { RebuildProgress } from './rebuild.ts';
import { carryClosings, setFormerZone } from './recut-closings.ts';
import { aggregates } from './slot-counts.ts';
import { rebuildTopLists } from './top/rebuild-lists.ts';
import { recutViewers } from './viewers/recut-viewers.ts';
import { findCut, hoursCanBeCut } from './zone-cut.ts';
import {
  applyMoves,
  type Change,
  collectFromBatches,
  collectFromHours,
  collectFromLog,
  makeMoveTables,
} from './zone-moves.ts';

export type ZoneChangeOptions = {
  from: ReportingZone;
  /** The name of the zone that is to cut days from now on. */
  to: string;
  now: Date;
  probe?: Probe;
  /** Called after each UTC day. */
  onProgress?: (progress: RebuildProgress) => void;
  stopped?: AbortSignal;
};

export type ZoneChanged = { zone: ReportingZone; cutAt: string | null };

/**
 * Killed before the transaction nothing has changed, after it everything is done. Nobody closes or drops a day meanwhile. `sql` has one
 * connection of its own.
 */
export async function changeZone(sql: Sql, options: ZoneChangeOptions): Promise<ZoneChanged> {
  return whenNobodyCloses(sql, async () => {
    const { from, to, probe = () => {} } = options;
    refuseOtherZone(from, await readZone(sql));
    const cutAt = await findCut(sql, from, to);
    const change: Change = { from, to: changedZone(from, to, cutAt), cutAt };
    probe();
    await makeMoveTables(sql);
    let lanes = await readCursors(sql);
    await collectAll(sql, lanes, change, options);
    probe();
    // Once more for what was rolled up meanwhile, so that little is left to do under the locks.
    lanes = await collectSince(sql, lanes, await readCursors(sql), change);
    probe();
    await ensureRecutPartitions(sql);
    await sql.begin((tx) => swap(tx, lanes, change, options));
    probe();
    return { zone: change.to, cutAt };
  });
}

async function collectAll(sql: Sql, lanes: LaneRange[], change: Change, options: ZoneChangeOptions): Promise<void> {
  const { now, to, stopped, probe = () => {}, onProgress = () => {} } = options;
  const logged = await daysWithLog(sql);
  const gone = await goneDays(sql, change, to);
  const days = [...logged.map((day) => ({ day, hasLog: true })), ...gone.map((day) => ({ day, hasLog: false }))];
  const progress = { done: 0, total: days.length, views: 0 };
  for (const { day, hasLog } of days) {
    stopped?.throwIfAborted();
    probe();
    await ensureAggregatePartitions(sql, [day], now);
    progress.views += hasLog ? await collectFromLog(sql, day, lanes, change) : await collectFromHours(sql, day, change);
    progress.done += 1;
    onProgress(progress);
  }
}

/** The UTC days whose log is gone and whose hours are cut in its place. */
async function goneDays(sql: Sql, { from, cutAt }: Change, to: string): Promise<string[]> {
  const rows = await sql<{ day: string }[]>`
    select a.day::text as day from log_archives a
    where a.restored_at is null and a.day::timestamptz + interval '1 day' > ${cutAt ?? '-infinity'}::text::timestamptz
      and ${hoursCanBeCut(sql, from, to)}
    order by 1`;
  return rows.map(({ day }) => day);
}

/** The locks keep every tick away: it finds the cursors taken and tries again. */
async function swap(tx: Transaction, lanes: LaneRange[], change: Change, options: ZoneChangeOptions): Promise<void> {
  const { now, probe = () => {} } = options;
  probe();
  await collectSince(tx, lanes, await lockCursors(tx), change);
  for (const { subject, grain } of aggregates) {
    probe();
    await applyMoves(tx, subject, grain);
  }
  probe();
  await recutBreakdowns(tx);
  probe();
  await recutViewers(tx);
  probe();
  await rebuildTopLists(tx, now, change.to);
  probe();
  await setFormerZone(tx, change);
  probe();
  await carryClosings(tx, change, now);
  probe();
  await recutRefusals(tx, nameOf(change.from), nameOf(change.to));
  probe();
  await storeZone(tx, { ...change, now });
  probe();
}

async function readCursors(sql: Sql | Transaction): Promise<LaneRange[]> {
  const rows = await sql<{ lane: number; batch: string }[]>`
    select lane, batch::text as batch from rollup_cursors order by rollup_cursors.lane`;
  return rows.map(({ lane, batch }) => ({ lane, after: 0, upTo: Number(batch) }));
}

async function lockCursors(tx: Transaction): Promise<LaneRange[]> {
  await tx`set local lock_timeout = '2min'`;
  const rows = await tx`select from rollup_cursors order by lane for update`;
  // Where there is no row to lock, the first tick would make one.
  if (rows.count === 0) await tx`lock table rollup_cursors in share row exclusive mode`;
  return readCursors(tx);
}

/** Collects the moves of what was rolled up between two readings of the cursors; returns the later one. */
async function collectSince(
  sql: Sql | Transaction,
  before: LaneRange[],
  after: LaneRange[],
  change: Change,
): Promise<LaneRange[]> {
  const read = new Map(before.map(({ lane, upTo }) => [lane, upTo]));
  const lanes = after.map(({ lane, upTo }) => ({ lane, after: read.get(lane) ?? 0, upTo }));
  if (lanes.every((one) => one.after === one.upTo)) return after;
  const range: BatchRange = { lanes, isComplete: false, days: [], ...whenever };
  await collectFromBatches(sql, range, change);
  return after;
}
