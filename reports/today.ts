import { sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { type Counts, countsOf, type Subject } from './subject.ts';

export type TodayAgainstYesterday = {
  today: Counts;
  /** Yesterday up to the same time of day, to the minute. */
  yesterdaySoFar: Counts;
  /** Whether yesterday has any views at all, so that there is something to compare with. */
  hasYesterday: boolean;
};

type Row = { views: number; botViews: number; viewsSoFar: number; botViewsSoFar: number; hasYesterday: boolean };

/** A subject's views since midnight in the reporting zone, against yesterday by the same time on the clock. */
export async function todayAgainstYesterday(
  db: Db,
  subject: Subject,
  now: Date,
  timeZone: string,
): Promise<TodayAgainstYesterday> {
  const [days, hours, minutes] = [countsOf(subject, 'day'), countsOf(subject, 'hour'), countsOf(subject, 'minute')];
  const [row] = await db.execute<Row>(sql`
    with clock as (
      select (${now.toISOString()}::timestamptz at time zone ${timeZone}::text) as local
    ), bounds as (
      select local::date as today, local::date - 1 as yesterday,
        (local::date - 1)::timestamp at time zone ${timeZone}::text as midnight,
        date_trunc('minute', local - interval '1 day') at time zone ${timeZone}::text as same_time
      from clock
    ), edges as (
      select *, date_trunc('hour', same_time, ${timeZone}::text) as hour_under_way from bounds
    ), today as (
      select views, bot_views from ${days.table}, edges where ${days.isSubject} and day = today
    ), so_far as (
      select views, bot_views from ${hours.table}, edges
      where ${hours.isSubject} and hour >= midnight and hour < hour_under_way
      union all
      -- Cut like the hours, not counted from the hour's name: where clocks move by half an hour they differ.
      select views, bot_views from ${minutes.table}, edges
      where ${minutes.isSubject} and minute >= same_time - interval '1 hour' and minute < same_time
        and date_trunc('hour', minute, ${timeZone}::text) = hour_under_way
    )
    select coalesce((select views from today), 0)::float8 as views,
      coalesce((select bot_views from today), 0)::float8 as "botViews",
      coalesce((select sum(views) from so_far), 0)::float8 as "viewsSoFar",
      coalesce((select sum(bot_views) from so_far), 0)::float8 as "botViewsSoFar",
      exists (select from ${days.table}, edges where ${days.isSubject} and day = yesterday) as "hasYesterday"`);
  if (!row) throw new Error('A select without a table gave no row.');
  return {
    today: { views: row.views, botViews: row.botViews },
    yesterdaySoFar: { views: row.viewsSoFar, botViews: row.botViewsSoFar },
    hasYesterday: row.hasYesterday,
  };
}
