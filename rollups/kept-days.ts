// Which days have a log to be proved by.

import type { Fragment, Sql } from '#db/client.ts';
import { listPartitions, partitionedTables } from '#db/partitions.ts';
import { type ReportingZone, zoneAt } from '#db/reporting-zone.ts';
import { hasWholeLog, zoned } from './whole-log.ts';

/** The days of the reporting zone whose log is kept as a whole, oldest first; today is one of them. */
export async function keptDays(sql: Sql, timeZone: ReportingZone): Promise<string[]> {
  const utcDays = await daysWithLog(sql);
  const rows = await sql<{ day: string }[]>`
    select kept.day from (${zoneDays(sql, utcDays, timeZone)}) kept
    where ${hasWholeLog(sql, ...zoned(sql, sql`kept.day::date`, timeZone, '1 day'))}
    order by 1`;
  return rows.map(({ day }) => day);
}

/** The days of the reporting zone that the log or the ledger of closings speaks of, oldest first; those that are archived apart. */
export async function daysOfLogAndLedger(sql: Sql, timeZone: ReportingZone): Promise<string[]> {
  const utcDays = await daysWithLog(sql);
  const rows = await sql<{ day: string }[]>`
    select day from (${zoneDays(sql, utcDays, timeZone)}) logged
    union
    select day::text from day_closings c where c.former_zone is null and ${hasWholeLog(sql, ...zoned(sql, sql`c.day`, timeZone, '1 day'))}
    order by 1`;
  return rows.map(({ day }) => day);
}

/** The days (as texts) that UTC days reach into, as a query. No zone has an offset that a quarter of an hour would miss a day by. */
export function zoneDays(sql: Sql, utcDays: string[], timeZone: ReportingZone): Fragment {
  return sql`
    select distinct (at at time zone ${zoneAt(sql, timeZone, sql`at`)})::date::text as day
    from unnest(${utcDays}::text[]::date[]) utc(day),
      generate_series(utc.day::timestamptz, utc.day::timestamptz + interval '23 hours 45 minutes', '15 minutes') at`;
}

/** The UTC days whose partition of the log has a view. */
export async function daysWithLog(sql: Sql): Promise<string[]> {
  const partitions = await listPartitions(sql, partitionedTables.videoViews);
  if (partitions.length === 0) return [];
  const asked = partitions.map(({ name, from }) => `select '${from}' as day, exists(select from ${name}) as some`);
  const rows = await sql.unsafe<{ day: string; some: boolean }[]>(asked.join(' union all '));
  return rows.filter(({ some }) => some).map(({ day }) => day);
}
