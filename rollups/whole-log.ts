import type { Fragment, Sql, Transaction } from '#db/client.ts';
import type { ReportingZone } from '#db/reporting-zone.ts';

/** Whether no day of the log that [from, to) reaches into is archived. A day that was restored has its log again. */
export function hasWholeLog(sql: Sql | Transaction, from: Fragment, to: Fragment): Fragment {
  return sql`
    not exists (select from log_archives a
      where a.restored_at is null and a.day::timestamptz < ${to} and a.day::timestamptz + interval '1 day' > ${from})`;
}

/** The bounds of the days of a reporting zone that begin with the date `bucket`, for the functions that take [from, to). */
export function zoned(
  sql: Sql | Transaction,
  bucket: Fragment,
  timeZone: ReportingZone,
  length: '1 day' | '1 month',
): [from: Fragment, to: Fragment] {
  const next = sql`(${bucket} + ${length}::text::interval)`;
  if (typeof timeZone === 'string')
    return [
      sql`(${bucket}::timestamp at time zone ${timeZone}::text)`,
      sql`(${next}::timestamp at time zone ${timeZone}::text)`,
    ];
  return [
    sql`(select min(cut_from) from (${cuts(sql, bucket, next, timeZone)}) cuts)`,
    sql`(select max(cut_to) from (${cuts(sql, bucket, next, timeZone)}) cuts)`,
  ];
}

/** Where each zone that cut a part of the dates from `bucket` to `next` had them: a date that a change fell into has two. */
function cuts(
  sql: Sql | Transaction,
  bucket: Fragment,
  next: Fragment,
  zone: Exclude<ReportingZone, string>,
): Fragment {
  const names = [...zone.earlier, zone].map(({ timeZone }) => timeZone);
  const until = zone.earlier.map((one) => one.until);
  return sql`
    select greatest(${bucket}::timestamp at time zone name, since) as cut_from, least(${next}::timestamp at time zone name, until) as cut_to
    from unnest(${names}::text[], ${['-infinity', ...until]}::text[]::timestamptz[], ${[...until, 'infinity']}::text[]::timestamptz[])
      zones(name, since, until)
    where ${bucket}::timestamp at time zone name < until and ${next}::timestamp at time zone name > since`;
}
