import type { Sql, Transaction } from '#db/client.ts';
import { ensurePartitions, type Partition, partitionedTables, partitionOf, partitionsBetween } from '#db/partitions.ts';

const { videoViews, screeningMinutes } = partitionedTables;
const daysAhead = 3;
const daysBack = 8;

/** The partition of the log that a view belongs to: its UTC day, YYYY-MM-DD. */
export function utcDay({ viewedAt }: { viewedAt: number }): string {
  return new Date(viewedAt).toISOString().slice(0, 10);
}

/** Makes the partitions that live ingest needs: every day a view may still belong to, and three days ahead. */
export async function ensureLivePartitions(sql: Sql, now: Date): Promise<void> {
  const [first, last] = [shiftDays(now, -daysBack), shiftDays(now, daysAhead)];
  const days = partitionsBetween(videoViews, first, last).map(({ from }) => from);
  const archived = await archivedDays(sql, days);
  const kept = days.filter((day) => !archived.has(day));
  await ensureWritablePartitions(sql, kept, now);
}

/** Makes the partitions for views of these UTC days, and for refusals from now until three days ahead. */
export async function ensureWritablePartitions(sql: Sql, days: string[], now: Date): Promise<void> {
  const views = [...new Set(days)].map((day) => partitionOf(videoViews, day));
  await ensurePartitions(sql, videoViews, views, isNotArchived);
  const refusals = partitionsBetween(screeningMinutes, shiftDays(now, -1), shiftDays(now, daysAhead));
  await ensurePartitions(sql, screeningMinutes, refusals);
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

function shiftDays(at: Date, days: number): string {
  return new Date(at.getTime() + days * 86_400_000).toISOString().slice(0, 10);
}
