// The grains of time that views are counted in. Minutes and hours are instants, days and months are dates of the
// reporting zone. Hours take three arguments: the two-argument form loses an hour on the day the clock falls back.

import type { Fragment, Sql, Transaction } from '#db/client.ts';
import { shiftDay, utcDay } from '#db/day.ts';
import { type ReportingZone, zoneAt } from '#db/reporting-zone.ts';
import { minutesKeptDays } from './retention-policies.ts';

export type Grain = 'minute' | 'hour' | 'day' | 'month' | 'total';
export const grains: readonly Grain[] = ['minute', 'hour', 'day', 'month', 'total'];

/** How far back minutes are kept: from this instant on. Older ones are not written, so that an import costs none. */
export function minutesKeptFrom(now: Date): string {
  return new Date(shiftDay(utcDay(now), -minutesKeptDays)).toISOString();
}

/** The SQL expression of the bucket that the instant `at` falls in; none for totals. */
export function bucketOf(
  sql: Sql | Transaction,
  grain: Exclude<Grain, 'total'>,
  timeZone: ReportingZone,
  at: Fragment,
): Fragment {
  switch (grain) {
    case 'minute':
      return sql`date_trunc('minute', ${at})`;
    case 'hour':
      return sql`date_trunc('hour', ${at}, ${zoneAt(sql, timeZone, at)})`;
    case 'day':
      return sql`(${at} at time zone ${zoneAt(sql, timeZone, at)})::date`;
    case 'month':
      return sql`date_trunc('month', ${at} at time zone ${zoneAt(sql, timeZone, at)})::date`;
  }
}
