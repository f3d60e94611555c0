import { sql } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { unnamedOrigin } from '#ingest/origin-cap.ts';
import type { Range } from './range.ts';
import { type ScreenedFilter, screenedIn } from './screened.ts';

export type ByOrigin = {
  /** The most frequent first; '' is none, or not kept. */
  origins: { origin: string; views: number }[];
  /** What comes from others. */
  other: number;
};

/** The origins most views came from that were not counted; with `other` they sum to all of them. */
export async function screenedByOrigin(
  db: Reader,
  range: Range,
  filter: ScreenedFilter,
  limit: number,
): Promise<ByOrigin> {
  const { table, isIn } = screenedIn(range, filter);
  const rows = await db.execute<{ origin: string; views: number }>(sql`
    with counted as (select origin, sum(views) as views from ${table} where ${isIn} group by 1), ranked as (
      select origin, views,
        case when origin <> ${unnamedOrigin} then row_number() over (order by origin = ${unnamedOrigin}, views desc, origin) end as place
      from counted
    )
    select case when place <= ${limit} then origin else ${unnamedOrigin} end as origin, sum(views)::float8 as views
    from ranked
    group by 1
    order by min(place) nulls last`);
  const named = rows.filter(({ origin }) => origin !== unnamedOrigin);
  return { origins: named, other: rows.find(({ origin }) => origin === unnamedOrigin)?.views ?? 0 };
}
