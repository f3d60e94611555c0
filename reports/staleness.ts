import { sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { freshness } from './freshness.ts';

/** Null while the aggregates keep their promise of a minute. */
export type Staleness = { completeTo: string; secondsBehind: number; reason: string } | null;

/** Whether, since when and why the aggregates are behind the log. */
export async function staleness(db: Db, now: Date): Promise<Staleness> {
  const { completeTo, secondsBehind, isBehind } = await freshness(db, now);
  if (!isBehind || completeTo === null || secondsBehind === null) return null;
  const [row] = await db.execute<{ workers: number }>(sql`
    select count(*)::int as workers from pg_stat_activity
    where datname = current_database() and application_name = 'boxoffice rollup'`);
  const reason = row?.workers ? 'the rollup is catching up' : 'no rollup worker is running';
  return { completeTo, secondsBehind, reason };
}
