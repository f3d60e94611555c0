// From which instant on the days of another zone can be cut: all that is after the last day that nothing is left of to cut anew.
import type { Fragment, Sql } from '#db/client.ts';
import { shiftDay } from '#db/day.ts';
import { type ReportingZone, zoneAt } from '#db/reporting-zone.ts';
import { dayOf } from './day-bounds.ts';
import { hoursAreKept } from './kept-hours.ts';

/**
 * The beginning of a day of `timeZone`, as ISO text, from which on every view is in the log or, where the log is gone, in hours that lie
 * within one day of either zone; null when that is so of all views.
 */
export async function findCut(sql: Sql, zone: ReportingZone, timeZone: string): Promise<string | null> {
  const last = await lastUncuttableDay(sql, zone, timeZone);
  if (last === undefined) return null;
  const end = `${shiftDay(last, 1)}T00:00:00Z`;
  for (let day = last; ; day = shiftDay(day, 1)) {
    const { from } = await dayOf(sql, day, timeZone);
    if (from !== null && from >= end) return from;
  }
}

/** Whether the hours of the UTC day `day` can stand in for its log: they are kept, and begin with UTC's in both zones. */
export function hoursCanBeCut(sql: Sql, zone: ReportingZone, timeZone: string): Fragment {
  const halfHours = sql`
    select half from generate_series(a.day::timestamptz, a.day::timestamptz + interval '23 hours 30 minutes', '30 minutes') half`;
  const isWhole = (name: Fragment) => sql`date_trunc('hour', half, ${name}) = date_trunc('hour', half, 'UTC')`;
  return sql`(
    ${hoursAreKept(sql, sql`a.day::timestamptz`, sql`a.day::timestamptz + interval '1 day'`)} and not exists (
      select from (${halfHours}) halves
      where not (${isWhole(zoneAt(sql, zone, sql`half`))} and ${isWhole(sql`${timeZone}::text`)})))`;
}

async function lastUncuttableDay(sql: Sql, zone: ReportingZone, timeZone: string): Promise<string | undefined> {
  const [last] = await sql<{ day: string }[]>`
    select a.day::text as day from log_archives a
    where a.restored_at is null and a.views > 0 and not ${hoursCanBeCut(sql, zone, timeZone)}
    order by a.day desc limit 1`;
  return last?.day;
}
