// Breakdowns whose partition was dropped are gone for good: nothing is added to them, and nothing is held against them.
import type { Fragment, Sql, Transaction } from '#db/client.ts';
import { partitionedTables } from '#db/partitions.ts';
import { dayIsKept } from '../day-is-kept.ts';

const tables = [partitionedTables.videoBreakdowns.table, partitionedTables.channelBreakdowns.table];

/** Whether the breakdowns of `day`, a date, were not dropped. */
export function breakdownsAreKept(sql: Sql | Transaction, day: Fragment): Fragment {
  return dayIsKept(sql, tables, day);
}
