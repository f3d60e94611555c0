import type { Sql } from '#db/client.ts';
import { dropPartition, listPartitions, partitionedTables } from '#db/partitions.ts';
import { forgetPartitions } from './aggregate-partitions.ts';
import { minutesKeptFrom } from './grains.ts';

/** Drops the minutes that no panel asks for any more: whole UTC days, the younger of them over 48 hours old. Returns their names. */
export async function dropOldMinutes(sql: Sql, now: Date): Promise<string[]> {
  const keptFrom = minutesKeptFrom(now).slice(0, 10);
  const dropped: string[] = [];
  for (const table of [partitionedTables.videoMinutes, partitionedTables.channelMinutes]) {
    for (const { name, to } of await listPartitions(sql, table)) {
      if (to > keptFrom) continue;
      await dropPartition(sql, name);
      dropped.push(name);
    }
  }
  forgetPartitions(sql);
  return dropped;
}
