import type { Fragment, Sql, Transaction } from '#db/client.ts';

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
  timeZone: string,
  length: '1 day' | '1 month',
): [from: Fragment, to: Fragment] {
  return [
    sql`(${bucket}::timestamp at time zone ${timeZone}::text)`,
    sql`((${bucket} + ${length}::text::interval)::timestamp at time zone ${timeZone}::text)`,
  ];
}
