import { sql } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import type { Subject } from './subject.ts';
import { type Days, ownerOf } from './unique-viewers.ts';

export type ViewersOfDay = {
  day: string;
  viewers: number;
  /** Seen for the first time within the days that viewers are kept; the others are returning. */
  newViewers: number;
};

/**
 * Different viewers of each day of a range, zeros included: as the close wrote them, and of days that are not closed as they are now. Null
 * where viewers cannot be told (unique-viewers.ts). They do not sum to the viewers of the range.
 */
export async function viewersOverTime(
  db: Reader,
  subject: Subject,
  { from, to }: Days,
): Promise<ViewersOfDay[] | null> {
  const owner = ownerOf(subject);
  if (!owner) return null;
  const [cells, days] = [sql.identifier(`${owner.kind}_viewer_cells`), sql.identifier(`${owner.kind}_viewer_days`)];
  const isOwner = sql`${sql.identifier(`${owner.kind}_id`)} = ${owner.id} and day >= ${from}::date and day < ${to}::date`;
  const rows = await db.execute<ViewersOfDay>(sql`
    with kept as (
      select day, sum(viewers) as viewers, coalesce(sum(viewers) filter (where previous_day = '-infinity'), 0) as new_viewers
      from ${cells} where ${isOwner} group by day
    ), closed as (
      select day, viewers, new_viewers from ${days} where ${isOwner} and day not in (select day from kept)
    )
    select dates.day::date::text as day, coalesce(c.viewers, 0)::float8 as viewers, coalesce(c.new_viewers, 0)::float8 as "newViewers"
    from generate_series(${from}::date, ${to}::date - 1, interval '1 day') dates(day)
      left join (select * from kept union all select * from closed) c on c.day = dates.day
    order by dates.day`);
  return [...rows];
}
