import { type SQL, sql } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { dayStarts, hourStarts, monthStarts } from './bucket-starts.ts';
import { beginning, type Range as WholeRange } from './range.ts';
import { type Counts, channelsOf, countsOf, isInScope, type Subject } from './subject.ts';
import { zoneAt } from './zone-at.ts';

type Range = Pick<WholeRange, 'unit' | 'from' | 'to'>;

export type Point = Counts & {
  /** An instant for hours, a date for days and months. */
  start: string;
  state: PointState;
};

/** `counting`: not over yet. `not_recorded`: before there was anything to count, or to come; its zeros are none. */
export type PointState = 'counted' | 'counting' | 'not_recorded';

/** A subject's views in each hour, day or month of a range, zeros included, and their sum. */
export async function viewsOverTime(
  db: Reader,
  subject: Subject,
  range: Range,
  now: Date,
  timeZone: string,
): Promise<{ points: Point[] } & Counts> {
  const { starts, counted, startText, first, current } = partsOf(subject, range, now.toISOString(), timeZone);
  const rows = await db.execute<Point>(sql`
    with counted as (${counted}), starts as (${starts}), recorded as (select ${first} as first, ${current} as current)
    select ${startText} as start, coalesce(views, 0)::float8 as views, coalesce(bot_views, 0)::float8 as "botViews",
      case when bucket = current then 'counting' when bucket < first or bucket > current then 'not_recorded'
        else 'counted' end as state
    from starts left join counted using (bucket) cross join recorded
    order by bucket`);
  const points = [...rows];
  return { points, views: sum(points, 'views'), botViews: sum(points, 'botViews') };
}

type Parts = { starts: SQL; counted: SQL; startText: SQL; first: SQL; current: SQL };

function partsOf(subject: Subject, range: Range, now: string, timeZone: string): Parts {
  if (range.unit === 'hour') return byHour(subject, range, now, timeZone);
  const today = sql`(${now}::timestamptz at time zone ${timeZone}::text)::date`;
  const firstDay = sql`least(
    (${beginningOf(subject)} at time zone ${timeZone}::text)::date, (${earliest(subject, 'day')}))`;
  if (range.unit === 'day') return byDay(subject, range, firstDay, today);
  const firstMonth = sql`date_trunc('month', (${firstDay})::timestamp)::date`;
  if (range.from === beginning) return fromTheBeginning(subject, range, firstMonth, today);
  return byMonth(subject, range, firstMonth, today);
}

function byHour(subject: Subject, { from, to }: Range, now: string, timeZone: string): Parts {
  const { table, isSubject } = countsOf(subject, 'hour');
  const hourOf = (instant: SQL) => sql`date_trunc('hour', ${instant}, ${timeZone}::text)`;
  return {
    starts: hourStarts(from, to, (instant) => zoneAt(instant, timeZone)),
    counted: sql`
      select hour as bucket, views, bot_views from ${table}
      where ${isSubject} and hour >= ${from}::timestamptz and hour < ${to}::timestamptz`,
    startText: sql`to_char(bucket at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`,
    first: sql`least(${hourOf(beginningOf(subject))}, (${earliest(subject, 'hour')}))`,
    current: hourOf(sql`${now}::timestamptz`),
  };
}

function byDay(subject: Subject, { from, to }: Range, first: SQL, today: SQL): Parts {
  const { table, isSubject } = countsOf(subject, 'day');
  return {
    starts: dayStarts(from, to),
    counted: sql`
      select day as bucket, views, bot_views from ${table}
      where ${isSubject} and day >= ${from}::date and day < ${to}::date`,
    startText: sql`bucket::text`,
    first,
    current: today,
  };
}

/** Months out of days, so that the first and the last hold no day outside the range. */
function byMonth(subject: Subject, { from, to }: Range, first: SQL, today: SQL): Parts {
  const { table, isSubject } = countsOf(subject, 'day');
  return {
    starts: monthStarts(sql`${from}::date`, to),
    counted: sql`
      select date_trunc('month', day::timestamp)::date as bucket, sum(views) as views, sum(bot_views) as bot_views
      from ${table}
      where ${isSubject} and day >= ${from}::date and day < ${to}::date
      group by 1`,
    startText: sql`bucket::text`,
    first,
    current: sql`date_trunc('month', ${today}::timestamp)::date`,
  };
}

/** From the subject's first month on; without one, only the current month. */
function fromTheBeginning(subject: Subject, { to }: Range, first: SQL, today: SQL): Parts {
  const { table, isSubject } = countsOf(subject, 'month');
  const current = sql`date_trunc('month', ${today}::timestamp)::date`;
  return {
    starts: monthStarts(sql`coalesce((select min(bucket) from counted), ${current})`, to),
    counted: sql`select month as bucket, views, bot_views from ${table} where ${isSubject} and month < ${to}::date`,
    startText: sql`bucket::text`,
    first,
    current,
  };
}

/** When a subject's views could first be recorded: a video's publication, a channel's making, the first of several. Null for all. */
function beginningOf(subject: Subject): SQL {
  if ('video' in subject) return sql`(select published_at from videos where id = ${subject.video})`;
  const channels = channelsOf(subject);
  if (channels === 'all') return sql`null::timestamptz`;
  return sql`(select min(created_at) from channels where ${isInScope(channels, sql`id`)})`;
}

/** Imported views may lie before it. */
function earliest(subject: Subject, grain: 'hour' | 'day'): SQL {
  const { table, isSubject } = countsOf(subject, grain);
  return sql`select min(${sql.identifier(grain)}) from ${table} where ${isSubject}`;
}

function sum(points: Point[], field: keyof Counts): number {
  return points.reduce((total, point) => total + point[field], 0);
}
