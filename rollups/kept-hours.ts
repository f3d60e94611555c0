// Hours whose partition was dropped are gone for good: they are not counted again, and nothing is held against them.
import type { Fragment, Sql, Transaction } from '#db/client.ts';
import { partitionedTables } from '#db/partitions.ts';

const tables = [partitionedTables.videoHours.table, partitionedTables.channelHours.table];

/** Whether none of the hours that begin in [from, to) was dropped, of videos or of channels. */
export function hoursAreKept(sql: Sql | Transaction, from: Fragment, to: Fragment): Fragment {
  return sql`
    not exists (select from retention_drops d
      where d.table_name = any(${tables}::text[]) and d.from_day::timestamptz < ${to} and d.to_day::timestamptz > ${from})`;
}

/** Whether the hour that begins at `hour` was not dropped. */
export function hourIsKept(sql: Sql | Transaction, hour: Fragment): Fragment {
  return hoursAreKept(sql, hour, sql`${hour} + interval '1 second'`);
}
