import type { Sql } from '#db/client.ts';
import { type ReportingZone, zoneAt } from '#db/reporting-zone.ts';

/** The days of the reporting zone that overlap a UTC day. */
export async function zoneDaysOf(sql: Sql, utcDay: string, timeZone: ReportingZone): Promise<string[]> {
  const rows = await sql<{ day: string }[]>`
    select distinct (at at time zone ${zoneAt(sql, timeZone, sql`at`)})::date::text as day
    from generate_series(${utcDay}::text::timestamptz, ${utcDay}::text::timestamptz + interval '23 hours 45 minutes', '15 minutes') at
    order by 1`;
  return rows.map(({ day }) => day);
}
