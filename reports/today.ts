import { sql } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { shiftDay } from '#db/day.ts';
import { dateAt, hourAt, minuteADayBefore, startOfDate } from './calendar.ts';
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
  db: Reader,
  subject: Subject,
  now: Date,
  timeZone: string,
): Promise<TodayAgainstYesterday> {
  const [days, hours, minutes] = [countsOf(subject, 'day'), countsOf(subject, 'hour'), countsOf(subject, 'minute')];
  const today = dateAt(now, timeZone);
  const yesterday = shiftDay(today, -1);
  const midnight = startOfDate(yesterday, timeZone).toISOString();
  const sameTime = minuteADayBefore(now, timeZone);
  const hourUnderWay = hourAt(sameTime, timeZone).toISOString();
  const anHourBefore = new Date(sameTime.getTime() - 3_600_000).toISOString();
  const [row] = await db.execute<Row>(sql`
    with today as (
      select views, bot_views from ${days.table} where ${days.isSubject} and day = ${today}::date
    ), so_far as (
      select views, bot_views from ${hours.table}
      where ${hours.isSubject} and hour >= ${midnight}::timestamptz and hour < ${hourUnderWay}::timestamptz
      union all
      -- Cut like the hours, not counted from the hour's name: where clocks move by half an hour they differ.
      select views, bot_views from ${minutes.table}
      where ${minutes.isSubject} and minute >= ${anHourBefore}::timestamptz and minute < ${sameTime.toISOString()}::timestamptz
        and date_trunc('hour', minute, ${timeZone}::text) = ${hourUnderWay}::timestamptz
    )
    select coalesce((select views from today), 0)::float8 as views,
      coalesce((select bot_views from today), 0)::float8 as "botViews",
      coalesce((select sum(views) from so_far), 0)::float8 as "viewsSoFar",
      coalesce((select sum(bot_views) from so_far), 0)::float8 as "botViewsSoFar",
      exists (select from ${days.table} where ${days.isSubject} and day = ${yesterday}::date) as "hasYesterday"`);
  if (!row) throw new Error('A select without a table gave no row.');
  return {
    today: { views: row.views, botViews: row.botViews },
    yesterdaySoFar: { views: row.viewsSoFar, botViews: row.botViewsSoFar },
    hasYesterday: row.hasYesterday,
  };
}
