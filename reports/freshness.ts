import { type SQL, sql } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';

export type Freshness = {
  /** Everything acknowledged before this instant is in the aggregates; null when nothing was ever recorded. */
  completeTo: string | null;
  /** Over a minute. */
  isBehind: boolean;
  secondsBehind: number | null;
};

const promisedSeconds = 60;

/** `completeTo` as a scalar subquery, for reports that tell it in the same statement. A lane without one has never been read. */
export const completeToText: SQL = sql`(
  select to_char(min(complete_to) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') from rollup_cursors)`;

/** How far the aggregates are behind the log. */
export async function freshness(db: Reader, now: Date): Promise<Freshness> {
  const [row] = await db.execute<{ completeTo: string | null }>(sql`select ${completeToText} as "completeTo"`);
  const completeTo = row?.completeTo ?? null;
  if (completeTo === null) return { completeTo, isBehind: false, secondsBehind: null };
  const secondsBehind = Math.max(0, Math.floor((now.getTime() - Date.parse(completeTo)) / 1_000));
  return { completeTo, isBehind: secondsBehind > promisedSeconds, secondsBehind };
}
