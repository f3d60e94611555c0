// Which days have to be closed, and the nightly run that closes them, oldest first: missed nights are caught up in order.

import type { Sql } from '#db/client.ts';
import { nameOf, type ReportingZone } from '#db/reporting-zone.ts';
import { type Closing, closeDay } from './close-day.ts';
import { finalAt } from './final-day.ts';
import { daysWithLog, zoneDays } from './kept-days.ts';
import { hasWholeLog, zoned } from './whole-log.ts';

export type ClosedDay = { day: string; closing: Closing };

/** Closes every day that is due. Stops at the first that cannot be closed yet. `sql` has one connection of its own. */
export async function closeDueDays(
  sql: Sql,
  timeZone: ReportingZone,
  clock: () => Date,
  onClosed: (closed: ClosedDay) => void = () => {},
): Promise<ClosedDay[]> {
  const closed: ClosedDay[] = [];
  for (const day of await dueDays(sql, timeZone, clock())) {
    // Many days may take past a midnight.
    const closing = await closeDay(sql, day, timeZone, clock());
    closed.push({ day, closing });
    onClosed({ day, closing });
    if (closing.status === 'busy' || closing.status === 'behind') break;
  }
  return closed;
}

/**
 * The days before today whose log is there, all of it, and that were never closed, whose last closing did not balance, that can now be
 * closed for good, or that were and to which an import has added since, or whose log was brought back since. Oldest first, YYYY-MM-DD.
 */
export async function dueDays(sql: Sql, timeZone: ReportingZone, now: Date): Promise<string[]> {
  const utcDays = await daysWithLog(sql);
  const at = sql`${now.toISOString()}::text::timestamptz`;
  const [from, to] = zoned(sql, sql`kept.day`, timeZone, '1 day');
  const rows = await sql<{ day: string }[]>`
    with kept as (
      select day::date as day from (${zoneDays(sql, utcDays, timeZone)}) zone_days
    ), latest as (
      select distinct on (day) day, closed_at, is_balanced, is_final, log_views from day_closings where former_zone is null
      order by day, id desc
    )
    select kept.day::text as day
    from kept left join latest using (day) left join channel_days c on c.channel_id = 0 and c.day = kept.day
    where kept.day < (${at} at time zone ${nameOf(timeZone)}::text)::date and ${hasWholeLog(sql, from, to)}
      and (latest.day is null or not latest.is_balanced
        or (not latest.is_final and ${finalAt(sql, at, to)})
        or (latest.is_final and latest.log_views <> coalesce(c.views, 0))
        or exists (select from log_archives a
          where a.restored_at > latest.closed_at and a.day between kept.day - 1 and kept.day + 1))
    order by kept.day`;
  return rows.map(({ day }) => day);
}
