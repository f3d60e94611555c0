import type { Sql, Transaction } from '#db/client.ts';
import { shiftDay, utcDay } from '#db/day.ts';
import { ensurePartitions, type Partition, partitionedTables, partitionOf, partitionsBetween } from '#db/partitions.ts';

const { videoViews, screeningMinutes, screeningHours, screeningDays } = partitionedTables;
const daysAhead = 3;
const daysBack = 8;

/** The partition of the log that a view belongs to: its UTC day, YYYY-MM-DD. */
export function logDay({ viewedAt }: { viewedAt: number }): string {
  return utcDay(viewedAt);
}

/** Makes the partitions that live ingest needs: every day a view may still belong to, and three days ahead. */
export async function ensureLivePartitions(sql: Sql, now: Date): Promise<void> {
  const today = utcDay(now);
  const covered = partitionsBetween(videoViews, shiftDay(today, -daysBack), shiftDay(today, daysAhead));
  const days = covered.map(({ from }) => from);
  const archived = await archivedDays(sql, days);
  const kept = days.filter((day) => !archived.has(day));
  await ensureWritablePartitions(sql, kept, now);
}

/** Makes the partitions for views of these UTC days, and for refusals from now until three days ahead. */
export async function ensureWritablePartitions(sql: Sql, days: string[], now: Date): Promise<void> {
  const views = [...new Set(days)].map((day) => partitionOf(videoViews, day));
  await ensurePartitions(sql, videoViews, views, isNotArchived);
  const today = utcDay(now);
  for (const table of [screeningMinutes, screeningHours, screeningDays]) {
    await ensurePartitions(sql, table, partitionsBetween(table, shiftDay(today, -1), shiftDay(today, daysAhead)));
  }
}

/** Which of these days had their log archived: they take no more views, also where it was brought back. */
export async function archivedDays(sql: Sql, days: string[]): Promise<Set<string>> {
  const found = await sql<{ day: string }[]>`
    select day::text as day from log_archives where day = any(${[...new Set(days)]}::text[]::date[])`;
  return new Set(found.map(({ day }) => day));
}

/** Asked again where nobody can archive the day at the same time. */
async function isNotArchived(tx: Transaction, { from }: Partition): Promise<boolean> {
  const archived = await tx`select from log_archives where day = ${from}::text::date`;
  return archived.count === 0;
}
