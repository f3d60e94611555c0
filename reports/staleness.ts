import { sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { freshness } from './freshness.ts';

/** Null while the aggregates keep their promise of a minute. */
export type Staleness = { completeTo: string; secondsBehind: number; reason: string } | null;

/** Whether, since when and why the aggregates are behind the log. */
export async function staleness(db: Db, now: Date, timeZone: string): Promise<Staleness> {
  const { completeTo, secondsBehind, isBehind } = await freshness(db, now);
  if (!isBehind || completeTo === null || secondsBehind === null) return null;
  return { completeTo, secondsBehind, reason: await reasonOf(db, timeZone) };
}

async function reasonOf(db: Db, timeZone: string): Promise<string> {
  const [row] = await db.execute<{ workers: number; storedZone: string }>(sql`
    select count(*)::int as workers, (select time_zone from installation) as "storedZone" from pg_stat_activity
    where datname = current_database() and application_name = 'boxoffice rollup'`);
  if (row && row.storedZone !== timeZone)
    return `the reporting zone was changed to ${row.storedZone}, and this server has to be restarted`;
  return row?.workers ? 'the rollup is catching up' : 'no rollup worker is running';
}
