// The tick: every new batch goes into every aggregate once, in one transaction with the cursors.

import type { Sql, Transaction } from '#db/client.ts';
import { parseZone, type ReportingZone, refuseOtherZone, storedZone } from '#db/reporting-zone.ts';
import { addStaged } from './add-staged.ts';
import { ensureAggregatePartitions, forgetPartitions } from './aggregate-partitions.ts';
import { type BatchRange, readBatchRange, viewsInRange } from './batch-range.ts';
import { makeStagedViews, stageViews } from './staged-views.ts';
import { forgetOldLists } from './top/rebuild-lists.ts';
import { moveSlidingHour } from './top/sliding-hour.ts';

export type TickResult =
  /** Whether the aggregates now hold everything that was acknowledged before the tick; if not, tick again at once. */
  | { status: 'done'; isComplete: boolean }
  /** Another worker holds the cursors or moved them first: nothing was written. */
  | { status: 'busy' };

/** Called before each statement of the transaction: a sign of life. Tests throw or kill the process in it. */
export type Probe = () => void;

/**
 * Rolls up what the log took since the last tick. Exactly once, whatever crashes: counts and cursors commit together,
 * and cursors move only from where they were read.
 */
export async function tick(
  sql: Sql,
  now: Date,
  timeZone: ReportingZone,
  probe: Probe = () => {},
  listed?: number,
): Promise<TickResult> {
  const range = await readBatchRange(sql);
  await ensureAggregatePartitions(sql, range.days, now, probe);
  try {
    const isDone = await sql.begin((tx) => writeRange(tx, range, { now, timeZone, probe, listed }));
    return isDone ? { status: 'done', isComplete: range.isComplete } : { status: 'busy' };
  } catch (error) {
    // Another process, its clock ahead of ours, may have dropped a partition that we have seen.
    forgetPartitions(sql);
    throw error;
  }
}

type Ticking = {
  now: Date;
  timeZone: ReportingZone;
  probe: Probe;
  /** How long the top lists are, where that is not what it always is: in tests. */
  listed: number | undefined;
};

async function writeRange(tx: Transaction, range: BatchRange, ticking: Ticking): Promise<boolean> {
  const { now, timeZone, probe } = ticking;
  probe();
  if (!(await lockCursors(tx, range, timeZone))) return false;
  probe();
  if (await moveSlidingHour(tx, now)) await forgetOldLists(tx, now, timeZone);
  if (range.days.length > 0) await writeCounts(tx, range, ticking);
  probe();
  await moveCursors(tx, range, now, timeZone);
  probe();
  await tx`select pg_notify('boxoffice_rollup', ${now.toISOString()}::text)`;
  probe();
  return true;
}

async function writeCounts(
  tx: Transaction,
  range: BatchRange,
  { now, timeZone, probe, listed }: Ticking,
): Promise<void> {
  probe();
  await makeStagedViews(tx);
  probe();
  await stageViews(tx, viewsInRange(tx, range));
  await addStaged(tx, now, timeZone, probe, listed);
}

/** Throws where days are cut by another zone by now: the zone changes only while all cursors are locked. */
async function lockCursors(tx: Transaction, { lanes }: BatchRange, timeZone: ReportingZone): Promise<boolean> {
  await tx`
    insert into rollup_cursors (lane) select unnest(${lanes.map(({ lane }) => lane)}::int[]) order by 1
    on conflict do nothing`;
  const locked = await tx<{ lane: number; batch: string; zone: string }[]>`
    select lane, batch::text as batch, ${storedZone(tx)} as zone from rollup_cursors order by lane for update skip locked`;
  if (locked[0]) refuseOtherZone(timeZone, parseZone(locked[0].zone));
  const batches = new Map(locked.map(({ lane, batch }) => [lane, Number(batch)]));
  return lanes.every(({ lane, after }) => batches.get(lane) === after);
}

/**
 * Fenced: a cursor moves only from where this tick read it, and only while days are cut by its zone. The locking statement may have
 * looked just before a change; with the locks held nobody changes the zone.
 */
async function moveCursors(
  tx: Transaction,
  { lanes, isComplete }: BatchRange,
  now: Date,
  timeZone: ReportingZone,
): Promise<void> {
  const moved = await tx<{ zone: string }[]>`
    update rollup_cursors c
    set batch = r.up_to,
      complete_to = case when ${isComplete}::text::boolean then greatest(c.complete_to, ${now.toISOString()}::text::timestamptz)
        else c.complete_to end
    from unnest(${lanes.map((r) => r.lane)}::int[], ${lanes.map((r) => r.after)}::bigint[], ${lanes.map((r) => r.upTo)}::bigint[])
      as r(lane, after, up_to)
    where c.lane = r.lane and c.batch = r.after
    returning ${storedZone(tx)} as zone`;
  if (moved[0]) refuseOtherZone(timeZone, parseZone(moved[0].zone));
  if (moved.count !== lanes.length) throw new Error('A rollup cursor moved under the tick.');
}
