// The buckets of a half-open range as a relation of one column, `bucket`, for gaps to be zeros.
import { type SQL, sql } from 'drizzle-orm';

/**
 * Quarters of an hour, cut: where a clock moves by half an hour, hours do not follow each other by hours. `zoneOf` names the zone that
 * cuts the hour of an instant.
 */
export function hourStarts(from: string, to: string, zoneOf: (instant: SQL) => SQL): SQL {
  return sql`
    select distinct bucket
    from (
      select date_trunc('hour', quarter, ${zoneOf(sql`quarter`)}) as bucket
      from generate_series(${from}::timestamptz, ${to}::timestamptz - interval '1 second', interval '15 minutes') quarter
    ) hours
    where bucket >= ${from}::timestamptz`;
}

export function dayStarts(from: string, to: string): SQL {
  return sql`select ${from}::date + n as bucket from generate_series(0, ${to}::date - ${from}::date - 1) n`;
}

/** From the month of `first` on. */
export function monthStarts(first: SQL, to: string): SQL {
  return sql`
    select month::date as bucket
    from generate_series(
      date_trunc('month', ${first}::timestamp), ${to}::timestamp - interval '1 day', interval '1 month') month`;
}
