import type { Sql, Transaction } from '#db/client.ts';

/** What a partition of the log holds: it changed if one of them did, since the log only grows and batches only rise. */
export type LogSummary = { views: number; botViews: number; lastBatch: number };

export async function summaryOf(sql: Sql | Transaction, partition: string): Promise<LogSummary> {
  const [row] = await sql<[LogSummary]>`
    select count(*)::float8 as views, count(bot)::float8 as "botViews", coalesce(max(batch), 0)::float8 as "lastBatch"
    from ${sql(partition)}`;
  return row;
}
