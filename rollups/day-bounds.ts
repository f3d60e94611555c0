// Which instants are of a day of the reporting zone. Asked of the zone itself: some days begin at one o'clock, some midnights
// come twice, and where a clock falls back just after midnight an hour of yesterday lies behind the first minute of today.

import type { Fragment, Sql, Transaction } from '#db/client.ts';
import { type ReportingZone, zoneAt } from '#db/reporting-zone.ts';

/** A day (YYYY-MM-DD) with its first and its end instant as ISO texts; both null for a day that the zone left out. */
export type Day = { day: string; timeZone: ReportingZone; from: string | null; to: string | null };

/** Finds the bounds of a day, to half a minute: since 1970 the offset of every zone is a multiple of it. */
export async function dayOf(sql: Sql, day: string, timeZone: ReportingZone): Promise<Day> {
  const [found] = await sql<[{ from: string | null; to: string | null }]>`
    with instants as (
      select t from generate_series(${day}::text::date::timestamptz - interval '30 hours', ${day}::text::date::timestamptz + interval '54 hours', '30 seconds') t
      where (t at time zone ${zoneAt(sql, timeZone, sql`t`)})::date = ${day}::text::date
    )
    select to_char(min(t) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as from,
      to_char((max(t) + interval '30 seconds') at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as to
    from instants`;
  return { day, timeZone, ...found };
}

/** Whether the instant `at` is of the day; the bounds are constants, which keep other days' partitions out. */
export function isOfDay(sql: Sql | Transaction, at: Fragment, { day, timeZone, from, to }: Day): Fragment {
  return sql`(${at} >= ${from}::text::timestamptz and ${at} < ${to}::text::timestamptz
    and (${at} at time zone ${zoneAt(sql, timeZone, at)})::date = ${day}::text::date)`;
}
