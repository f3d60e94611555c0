// What the log says of its own rows and of the days that were closed by it: the whole log at once, or one day of it.
import type { Fragment, Sql, Transaction } from '#db/client.ts';
import type { ReportingZone } from '#db/reporting-zone.ts';
import { type Day, isOfDay } from './day-bounds.ts';
import { bucketOf } from './grains.ts';
import { hasWholeLog, zoned } from './whole-log.ts';

export type LogCheck = {
  rows: number;
  /** Rows with a time that is not their id's. */
  astray: number;
  /** Closed days that are not what they were closed as. */
  changed: string[];
};

/** Checks the whole log, which takes as long as reading it does. */
export async function checkLog(sql: Transaction, timeZone: ReportingZone): Promise<LogCheck> {
  return { ...(await countRows(sql, sql`true`)), changed: await changedDays(sql, timeZone, sql`true`, sql`true`) };
}

/** Checks one day. */
export async function checkLogDay(sql: Sql, day: Day): Promise<LogCheck> {
  const inLog = isOfDay(sql, sql`v.viewed_at`, day);
  const inLedger = sql`day = ${day.day}::text::date`;
  return { ...(await countRows(sql, inLog)), changed: await changedDays(sql, day.timeZone, inLog, inLedger) };
}

/**
 * A view is the pair (id, video). The key of the log holds the time too, so one could be there twice only with a time that
 * is not its id's.
 */
async function countRows(sql: Sql | Transaction, inLog: Fragment): Promise<{ rows: number; astray: number }> {
  const [count] = await sql<[{ rows: number; astray: number }]>`
    select count(*)::float8 as rows, count(*) filter (where extract(epoch from v.viewed_at) * 1000
      <> ('x' || left(replace(v.id::text, '-', ''), 12))::bit(48)::bigint)::float8 as astray
    from video_views v where ${inLog}`;
  return count;
}

/**
 * The log that a day was proved by has not changed since, and a day that was closed for good has taken no more views, but
 * those of an import. Days whose log is archived are not asked.
 */
async function changedDays(
  sql: Sql | Transaction,
  timeZone: ReportingZone,
  inLog: Fragment,
  inLedger: Fragment,
): Promise<string[]> {
  const changed = await sql<{ day: string }[]>`
    with latest as (
      select distinct on (day) day, log_views, proved_to, is_final from day_closings
      where former_zone is null and ${inLedger} order by day, id desc
    ), kept as (
      select * from latest l where ${hasWholeLog(sql, ...zoned(sql, sql`l.day`, timeZone, '1 day'))}
    ), counted as (
      select k.day, count(*) filter (where v.batch <= (k.proved_to ->> v.lane::text)::bigint) as proved,
        count(*) filter (where v.batch > coalesce((k.proved_to ->> v.lane::text)::bigint, 0) and h.kind = 'live') as late
      from video_views v join ingest_lanes h using (lane) join kept k on k.day = ${bucketOf(sql, 'day', timeZone, sql`v.viewed_at`)}
      where ${inLog}
      group by 1
    )
    select k.day::text as day from kept k left join counted c using (day)
    where k.log_views <> coalesce(c.proved, 0) or (k.is_final and c.late > 0)
    order by k.day`;
  return changed.map(({ day }) => day);
}
