import type { Transaction } from '#db/client.ts';
import { partitionedTables } from '#db/partitions.ts';

/**
 * Keeps every partition where it is until the transaction ends; to be its first statement. A dropped one is gone from an older snapshot
 * too, while the record of the drop is not in it yet.
 */
export async function holdPartitions(tx: Transaction): Promise<void> {
  const tables = Object.values(partitionedTables).map(({ table }) => table);
  await tx.unsafe(`lock table only ${tables.join(', only ')} in access share mode`);
}
