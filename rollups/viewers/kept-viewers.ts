// Rows of viewers whose partition was dropped are gone for good: nothing is added to them, and nothing is held against them.
import type { Fragment, Sql, Transaction } from '#db/client.ts';
import { partitionedTables } from '#db/partitions.ts';
import { dayIsKept } from '../day-is-kept.ts';

const tables = [
  partitionedTables.videoViewers,
  partitionedTables.channelViewers,
  partitionedTables.videoViewerCells,
  partitionedTables.channelViewerCells,
].map(({ table }) => table);

/** Whether the viewers of `day`, a date, were not dropped. */
export function viewersAreKept(sql: Sql | Transaction, day: Fragment): Fragment {
  return dayIsKept(sql, tables, day);
}
