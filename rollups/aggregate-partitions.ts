import type { Sql } from '#db/client.ts';
import { shiftDay, utcDay } from '#db/day.ts';
import {
  ensurePartitions,
  type Partition,
  type PartitionedTable,
  type PartitionGuard,
  partitionedTables,
  partitionOf,
} from '#db/partitions.ts';
import { minutesKeptFrom } from './grains.ts';

// Partitions this process has seen; the set only grows by a few a day.
const seen = new WeakMap<Sql, Set<string>>();
const daysAhead = 3;

/** Makes the partitions that the aggregates of these UTC days need, and those of the next three days; `probe` is called at each. */
export async function ensureAggregatePartitions(
  sql: Sql,
  days: string[],
  now: Date,
  probe: () => void = () => {},
): Promise<void> {
  const ahead = Array.from({ length: daysAhead + 1 }, (_, i) => shiftDay(utcDay(now), i));
  const kept = minutesKeptFrom(now).slice(0, 10);
  const minuteDays = [...days.filter((day) => day >= kept), ...ahead];
  // A day of the reporting zone may be the one before or after the UTC day.
  const zoneDays = [...days, ...ahead].flatMap((day) => [shiftDay(day, -1), day, shiftDay(day, 1)]);
  const { videoMinutes, channelMinutes, videoHours, channelHours, videoDays, channelDays } = partitionedTables;
  await ensure(sql, [videoMinutes, channelMinutes], minuteDays, probe);
  await ensure(sql, [videoHours, channelHours], zoneDays, probe);
  await ensure(sql, [videoDays, channelDays], zoneDays, probe);
  const { videoViewers, channelViewers, videoViewerCells, channelViewerCells } = partitionedTables;
  await ensure(sql, [videoViewers, channelViewers, videoViewerCells, channelViewerCells], zoneDays, probe);
  await ensure(sql, [partitionedTables.videoBreakdowns, partitionedTables.channelBreakdowns], zoneDays, probe);
  await ensure(sql, [partitionedTables.videoViewerDays, partitionedTables.channelViewerDays], zoneDays, probe);
}

/** To be called when a partition turned out to be gone: the next tick looks again. */
export function forgetPartitions(sql: Sql): void {
  seen.delete(sql);
}

async function ensure(sql: Sql, tables: PartitionedTable[], days: string[], probe: () => void): Promise<void> {
  const known = seen.get(sql) ?? new Set();
  seen.set(sql, known);
  for (const table of tables) {
    const wanted = new Map<string, Partition>();
    for (const day of days) {
      const partition = partitionOf(table, day);
      if (!known.has(partition.name)) wanted.set(partition.name, partition);
    }
    if (wanted.size === 0) continue;
    await ensurePartitions(sql, table, [...wanted.values()], isWanted(table, probe));
    for (const name of wanted.keys()) known.add(name);
  }
}

/** Hours that were dropped are not made again. */
function isWanted({ table, unit }: PartitionedTable, probe: () => void): PartitionGuard {
  return async (tx, { from }) => {
    probe();
    if (unit !== 'month') return true;
    const dropped =
      await tx`select from retention_drops where table_name = ${table} and from_day = ${from}::text::date`;
    return dropped.count === 0;
  };
}
