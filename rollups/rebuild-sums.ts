// Sets months and totals right by what lies below them, by the difference, beside the ticks. Where days without a log do not hold any
// more what they were closed with, the sums above may be all that is left of them: those stay.

import type { Sql, Transaction } from '#db/client.ts';
import type { ReportingZone } from '#db/reporting-zone.ts';
import { addCounts } from './add-counts.ts';
import type { Probe } from './close-day.ts';
import { clearDifferences, compareSums, missingFrom } from './day-comparison.ts';
import { damagedDays } from './lost-days.ts';
import type { Subject } from './slot-counts.ts';

export type RebuiltSums = {
  /** Rows that differed from the sum of what lies below them, and were set right. */
  changedRows: number;
  /** What was left as it is, because rows of these days (`video_days 2026-01-03`) are lost. */
  lost: string[];
};

const subjects: readonly Subject[] = ['video', 'channel'];

/** The months (YYYY-MM-01) that any day or month is counted in, or whose log is gone, oldest first. */
export async function countedMonths(sql: Sql): Promise<string[]> {
  const rows = await sql<{ month: string }[]>`
    select distinct date_trunc('month', day)::date::text as month from (
      select day from video_days union select day from channel_days
      union select month from video_months union select month from channel_months
      union select a.day + step from log_archives a, unnest(array[-1, 0, 1]) step
    ) dates order by 1`;
  return rows.map(({ month }) => month);
}

/** Makes a month the sum of its days. To be called with the close lock held; `sql` has one connection of its own. */
export async function rebuildMonth(
  sql: Sql,
  month: string,
  timeZone: ReportingZone,
  probe: Probe = () => {},
): Promise<RebuiltSums> {
  return rebuildSums(sql, 'month', month, timeZone, probe);
}

/** Makes the totals the sums of the months. As above. */
export async function rebuildTotals(sql: Sql, timeZone: ReportingZone, probe: Probe = () => {}): Promise<RebuiltSums> {
  return rebuildSums(sql, 'total', undefined, timeZone, probe);
}

async function rebuildSums(
  sql: Sql,
  grain: 'month' | 'total',
  month: string | undefined,
  timeZone: ReportingZone,
  probe: Probe,
): Promise<RebuiltSums> {
  const lost = await sql.begin('isolation level repeatable read', async (tx) => {
    await clearDifferences(tx);
    const damaged: string[] = [];
    for (const subject of subjects) {
      probe();
      const days = await damagedDays(tx, subject, month, timeZone);
      if (days.length === 0) await compareSums(tx, subject, grain, month);
      damaged.push(...days.map((day) => `${subject}_days ${day}`));
    }
    return damaged;
  });
  probe();
  const changedRows = await sql.begin((tx) => addMissing(tx, grain, probe));
  probe();
  return { changedRows, lost };
}

async function addMissing(tx: Transaction, grain: 'month' | 'total', probe: Probe): Promise<number> {
  let rows = 0;
  for (const subject of subjects) {
    probe();
    rows += await addCounts(tx, subject, grain, missingFrom(tx, subject, grain));
  }
  return rows;
}
