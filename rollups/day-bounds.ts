// Which instants are of a day of the reporting zone. Asked of the zone itself: some days begin at one o'clock, some midnights
// come twice, and where a clock falls back just after midnight an hour of yesterday lies behind the first minute of today.

import type { Fragment, Sql, Transaction } from '#db/client.ts';
import { type ReportingZone, zoneAt } from '#db/reporting-zone.ts';

/** A day (YYYY-MM-DD) with its first and its end instant as ISO texts; both null for a day that the zone left out. */
export type Day = {
  day: string;
  timeZone: ReportingZone;
  from: string | null;
  to: string | null;
  /** Whether every instant from the first to the end is of it: nearly always. */
  isWhole: boolean;
};

/** Finds the bounds of a day, to half a minute: since 1970 the offset of every zone is a multiple of it. */
export async function dayOf(sql: Sql, day: string, timeZone: ReportingZone): Promise<Day> {
  const [found] = await sql<[{ from: string | null; to: string | null; isWhole: boolean }]>`
    with instants as (
      select t from generate_series(${day}::text::date::timestamptz - interval '30 hours', ${day}::text::date::timestamptz + interval '54 hours', '30 seconds') t
      where (t at time zone ${zoneAt(sql, timeZone, sql`t`)})::date = ${day}::text::date
    )
    select to_char(min(t) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as from,
      to_char((max(t) + interval '30 seconds') at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as to,
      (count(*) - 1) * interval '30 seconds' = max(t) - min(t) as "isWhole"
    from instants`;
  return { day, timeZone, ...found };
}

/**
 * Whether the instant `at` is of the day. Everything is a constant to the planner, which so keeps other days' partitions out and
 * knows how much it will find: of texts that are cast, each row would cast them again, 1 us a view (2026-11-25).
 */
export function isOfDay(sql: Sql | Transaction, at: Fragment, { day, timeZone, from, to, isWhole }: Day): Fragment {
  const date = isWhole ? sql`` : sql`and (${at} at time zone ${zoneAt(sql, timeZone, at)})::date = ${day}::date`;
  return sql`(${at} >= ${from}::timestamptz and ${at} < ${to}::timestamptz ${date})`;
}
