import { type SQL, sql } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { dayStarts, hourStarts, monthStarts } from './bucket-starts.ts';
import { beginning, type Range } from './range.ts';
import { type ScreenedFilter, screenedIn } from './screened.ts';
import type { PointState } from './views-over-time.ts';

export type ScreenedPoint = {
  /** An instant for hours, a date for days and months. */
  start: string;
  views: number;
  state: PointState;
};

/** Views that were not counted in each hour, day or month of a range, by the time they were received, zeros included. */
export async function screenedOverTime(
  db: Reader,
  range: Range,
  filter: ScreenedFilter,
  now: Date,
  timeZone: string,
): Promise<{ points: ScreenedPoint[]; views: number }> {
  const { table, isIn } = screenedIn(range, filter);
  const instant = sql`${now.toISOString()}::timestamptz`;
  const { bucket, bucketOf, starts, startText } = partsOf(range, timeZone);
  const rows = await db.execute<ScreenedPoint>(sql`
    with kept as (select coalesce(${keptFrom}, ${instant}) as since), starts as (${starts}),
    counted as (select ${bucket} as bucket, sum(views) as views from ${table} where ${isIn} group by 1),
    recorded as (select ${bucketOf(sql`since`)} as first, ${bucketOf(instant)} as current from kept)
    select ${startText} as start, coalesce(views, 0)::float8 as views,
      case when bucket = current then 'counting' when bucket < first or bucket > current then 'not_recorded'
        else 'counted' end as state
    from starts left join counted using (bucket) cross join recorded
    order by bucket`);
  const points = [...rows];
  return { points, views: points.reduce((sum, { views }) => sum + views, 0) };
}

/** Since the installation, or what a restore brought; after what was dropped for its age. */
const keptFrom = sql`greatest(
  least((select created_at from installation), (select min(hour) from screening_hours)),
  (select max(to_day)::timestamptz from retention_drops where table_name = 'screening_hours'))`;

type Parts = { bucket: SQL; bucketOf: (instant: SQL) => SQL; starts: SQL; startText: SQL };

function partsOf({ unit, from, to }: Range, timeZone: string): Parts {
  if (unit === 'hour') {
    const hourOf = (instant: SQL) => sql`date_trunc('hour', ${instant}, ${timeZone}::text)`;
    return {
      // Where the reporting zone was changed by half an hour, hours whose minutes were gone stay as they were cut: they are shown in
      // the one that they begin in.
      bucket: sql`case when hour in (select bucket from starts) then hour else ${hourOf(sql`hour`)} end`,
      bucketOf: hourOf,
      starts: hourStarts(from, to, () => sql`${timeZone}::text`),
      startText: sql`to_char(bucket at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`,
    };
  }
  const dayOf = (instant: SQL) => sql`(${instant} at time zone ${timeZone}::text)::date`;
  if (unit === 'day')
    return { bucket: sql`day`, bucketOf: dayOf, starts: dayStarts(from, to), startText: sql`bucket::text` };
  const monthOf = (instant: SQL) => sql`date_trunc('month', ${instant} at time zone ${timeZone}::text)::date`;
  const first = from === beginning ? sql`(select ${dayOf(sql`since`)} from kept)` : sql`${from}::date`;
  return {
    bucket: sql`date_trunc('month', day::timestamp)::date`,
    bucketOf: monthOf,
    starts: monthStarts(first, to),
    startText: sql`bucket::text`,
  };
}
