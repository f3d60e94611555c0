// Sets the aggregates of kept days right by the log, and what is summed from them, while ingest and rollup go on. Differences are added,
// never values set (docs/decisions/0009-repair-by-difference.md), a day or a month at a time: killed anywhere, nothing is half done.

import type { Sql } from '#db/client.ts';
import type { ReportingZone } from '#db/reporting-zone.ts';
import type { Probe } from './close-day.ts';
import { whenNobodyCloses } from './close-lock.ts';
import type { DayProof } from './day-proof.ts';
import { holdCursors } from './hold-cursors.ts';
import { keptDays } from './kept-days.ts';
import { restoreLostRows } from './lost-days.ts';
import { type RebuiltDay, rebuildDay } from './rebuild-day.ts';
import { countedMonths, type RebuiltSums, rebuildMonth, rebuildTotals } from './rebuild-sums.ts';
import { rebuildTopLists } from './top/rebuild-lists.ts';

export type RebuildOptions = {
  /** Days of the reporting zone (YYYY-MM-DD), both included. What lies outside is taken as it stands. */
  from: string;
  to: string;
  timeZone: ReportingZone;
  clock: () => Date;
  probe?: Probe;
  /** Called after each day and each month. */
  onProgress?: (progress: RebuildProgress) => void;
  stopped?: AbortSignal;
};

/** Steps are days and months; `views` were counted so far. */
export type RebuildProgress = { done: number; total: number; views: number };

export type Rebuilt = {
  days: number;
  /** Those of them that differed. */
  repaired: { day: string; proof: DayProof; isBalanced: boolean }[];
  /** Rows of days without a log that were put back from hours or videos. */
  restoredRows: number;
  /** Rows of months and totals that were not the sums of what lies below. */
  changedSums: number;
  /** Days without a log of which rows are lost; their months and the totals were left. */
  lost: string[];
};

/** `sql` has one connection of its own. */
export async function rebuild(sql: Sql, options: RebuildOptions): Promise<Rebuilt> {
  const { from, to, timeZone, stopped, onProgress = () => {} } = options;
  const days = (await keptDays(sql, timeZone)).filter((day) => day >= from && day <= to);
  const months = await monthsOf(sql, options);
  const rebuilt: Rebuilt = { days: days.length, repaired: [], restoredRows: 0, changedSums: 0, lost: [] };
  const progress: RebuildProgress = { done: 0, total: days.length + months.length + 1, views: 0 };
  const step = async <T>(work: () => Promise<T>): Promise<T> => {
    stopped?.throwIfAborted();
    const result = await whenNobodyCloses(sql, work);
    progress.done += 1;
    return result;
  };
  for (const day of days) {
    addDay(rebuilt, progress, day, await step(() => rebuildDay(sql, day, timeZone, options.clock(), options.probe)));
    onProgress(progress);
  }
  // A month whose only rows were those that were missing is one now.
  const counted = await monthsOf(sql, options);
  progress.total += counted.length - months.length;
  for (const month of counted) {
    addSums(rebuilt, await step(() => rebuildOneMonth(sql, month, options, rebuilt)));
    onProgress(progress);
  }
  addSums(rebuilt, await step(() => rebuildTotals(sql, timeZone, options.probe)));
  await holdCursors(sql, (tx, latestMs) => {
    const now = new Date(Math.max(options.clock().getTime(), latestMs));
    return rebuildTopLists(tx, now, timeZone);
  });
  onProgress(progress);
  return rebuilt;
}

async function monthsOf(sql: Sql, { from, to }: RebuildOptions): Promise<string[]> {
  return (await countedMonths(sql)).filter((month) => month >= `${from.slice(0, 7)}-01` && month <= to);
}

function addDay(rebuilt: Rebuilt, progress: RebuildProgress, day: string, one: RebuiltDay): void {
  if (one.status === 'archived') {
    rebuilt.days -= 1;
    return;
  }
  progress.views += one.proof.logViews;
  if (one.proof.differingBuckets > 0) rebuilt.repaired.push({ day, proof: one.proof, isBalanced: one.isBalanced });
}

async function rebuildOneMonth(
  sql: Sql,
  month: string,
  { timeZone, probe }: RebuildOptions,
  rebuilt: Rebuilt,
): Promise<RebuiltSums> {
  rebuilt.restoredRows += await restoreLostRows(sql, month, timeZone, probe);
  return rebuildMonth(sql, month, timeZone, probe);
}

function addSums(rebuilt: Rebuilt, { changedRows, lost }: RebuiltSums): void {
  rebuilt.changedSums += changedRows;
  rebuilt.lost = [...new Set([...rebuilt.lost, ...lost])];
}
