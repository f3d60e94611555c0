// Which days have to be closed, and the nightly run that closes them, oldest first: missed nights are caught up in order.
import type { Fragment, Sql } from '#db/client.ts';
import { listPartitions, partitionedTables } from '#db/partitions.ts';
import { type Closing, closeDay } from './close-day.ts';

export type ClosedDay = { day: string; closing: Closing };

/** Closes every day that is due. Stops at the first that cannot be closed yet. `sql` has one connection of its own. */
export async function closeDueDays(
  sql: Sql,
  timeZone: string,
  now: Date,
  onClosed: (closed: ClosedDay) => void = () => {},
): Promise<ClosedDay[]> {
  const closed: ClosedDay[] = [];
  for (const day of await dueDays(sql, timeZone, now)) {
    const closing = await closeDay(sql, day, timeZone, now);
    closed.push({ day, closing });
    onClosed({ day, closing });
    if (closing.status !== 'closed') break;
  }
  return closed;
}

/**
 * The days before today whose log is kept and that were never closed, whose last closing did not balance, that can now be closed for
 * good, or that an import has added to since they were. Oldest first, YYYY-MM-DD.
 */
export async function dueDays(sql: Sql, timeZone: string, now: Date): Promise<string[]> {
  const utcDays = await daysWithLog(sql);
  const rows = await sql<{ day: string }[]>`
    with kept as (
      select day::date as day from (${zoneDays(sql, utcDays, timeZone)}) zone_days
    ), latest as (
      select distinct on (day) day, is_balanced, is_final, log_views from day_closings order by day, id desc
    )
    select kept.day::text as day
    from kept left join latest using (day) left join channel_days c on c.channel_id = 0 and c.day = kept.day
    where kept.day < (${now.toISOString()}::text::timestamptz at time zone ${timeZone}::text)::date
      and (latest.day is null or not latest.is_balanced
        or (not latest.is_final and (kept.day + 8)::timestamp at time zone ${timeZone}::text + interval '1 hour' <= ${now.toISOString()}::text::timestamptz)
        or (latest.is_final and latest.log_views <> coalesce(c.views, 0)))
    order by kept.day`;
  return rows.map(({ day }) => day);
}

/** The days of the reporting zone that the kept log reaches into, oldest first; today is one of them. */
export async function keptDays(sql: Sql, timeZone: string): Promise<string[]> {
  const utcDays = await daysWithLog(sql);
  const rows = await sql<{ day: string }[]>`${zoneDays(sql, utcDays, timeZone)} order by 1`;
  return rows.map(({ day }) => day);
}

/** Offsets are multiples of a quarter of an hour. */
function zoneDays(sql: Sql, utcDays: string[], timeZone: string): Fragment {
  return sql`
    select distinct (at at time zone ${timeZone}::text)::date::text as day
    from unnest(${utcDays}::text[]::date[]) utc(day),
      generate_series(utc.day::timestamptz, utc.day::timestamptz + interval '23 hours 45 minutes', '15 minutes') at`;
}

/** The UTC days whose partition of the log has a view. */
async function daysWithLog(sql: Sql): Promise<string[]> {
  const days: string[] = [];
  for (const { name, from } of await listPartitions(sql, partitionedTables.videoViews)) {
    const [found] = await sql<[{ some: boolean }]>`select exists(select from ${sql(name)}) as some`;
    if (found.some) days.push(from);
  }
  return days;
}
