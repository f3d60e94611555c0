// Partitions by time. They are made apart and then attached, and dropped with a short lock time-out: the direct
// `create table ... partition of` waits for readers while ingest waits for it (3.7 s behind a 4 s reader, against 14 ms).
import type { Sql, Transaction } from './client.ts';
import { utcDay } from './day.ts';

export type PartitionedTable = { table: string; column: string; unit: 'day' | 'month' | 'year' };
export type Partition = { name: string; from: string; to: string };

/** How each partitioned table is cut, in UTC. */
export const partitionedTables = {
  videoViews: { table: 'video_views', column: 'viewed_at', unit: 'day' },
  screeningMinutes: { table: 'screening_minutes', column: 'minute', unit: 'day' },
  screeningHours: { table: 'screening_hours', column: 'hour', unit: 'month' },
  screeningDays: { table: 'screening_days', column: 'day', unit: 'month' },
  videoMinutes: { table: 'video_minutes', column: 'minute', unit: 'day' },
  channelMinutes: { table: 'channel_minutes', column: 'minute', unit: 'day' },
  videoHours: { table: 'video_hours', column: 'hour', unit: 'month' },
  channelHours: { table: 'channel_hours', column: 'hour', unit: 'month' },
  videoDays: { table: 'video_days', column: 'day', unit: 'year' },
  channelDays: { table: 'channel_days', column: 'day', unit: 'year' },
  videoViewers: { table: 'video_viewers', column: 'day', unit: 'month' },
  channelViewers: { table: 'channel_viewers', column: 'day', unit: 'month' },
  videoViewerCells: { table: 'video_viewer_cells', column: 'day', unit: 'month' },
  channelViewerCells: { table: 'channel_viewer_cells', column: 'day', unit: 'month' },
  videoViewerDays: { table: 'video_viewer_days', column: 'day', unit: 'year' },
  channelViewerDays: { table: 'channel_viewer_days', column: 'day', unit: 'year' },
  videoBreakdowns: { table: 'video_breakdowns', column: 'day', unit: 'month' },
  channelBreakdowns: { table: 'channel_breakdowns', column: 'day', unit: 'month' },
} satisfies Record<string, PartitionedTable>;

const lockTimeoutMs = 200;
const maxTries = 50;

/** The partition of `table` that holds `date` (YYYY-MM-DD): its name and its half-open range. */
export function partitionOf({ table, unit }: PartitionedTable, date: string): Partition {
  const start = new Date(
    `${date.slice(0, unit === 'day' ? 10 : unit === 'month' ? 7 : 4)}${{ day: '', month: '-01', year: '-01-01' }[unit]}T00:00:00Z`,
  );
  const end = new Date(start);
  if (unit === 'day') end.setUTCDate(end.getUTCDate() + 1);
  if (unit === 'month') end.setUTCMonth(end.getUTCMonth() + 1);
  if (unit === 'year') end.setUTCFullYear(end.getUTCFullYear() + 1);
  const [from, to] = [utcDay(start), utcDay(end)];
  return { name: `${table}_${from.replaceAll('-', '')}`, from, to };
}

/** The partitions of `table` that hold the dates from `first` to `last`, both included. */
export function partitionsBetween(table: PartitionedTable, first: string, last: string): Partition[] {
  const partitions: Partition[] = [];
  for (let date = first; date <= last; date = partitions.at(-1)?.to ?? last) partitions.push(partitionOf(table, date));
  return partitions;
}

/** The partition of `table` with this name. */
export function partitionNamed(table: PartitionedTable, name: string): Partition {
  return partitionOf(table, dateOf(name));
}

/** The partitions that `table` has, oldest first. */
export async function listPartitions(sql: Sql | Transaction, table: PartitionedTable): Promise<Partition[]> {
  const found = await sql<{ name: string }[]>`
    select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = ${table.table}::regclass
    order by c.relname`;
  return found.map(({ name }) => partitionNamed(table, name));
}

/** Asked in the transaction that makes or drops a partition; `false` leaves it as it is. */
export type PartitionGuard = (tx: Transaction, partition: Partition) => Promise<boolean>;

/**
 * Makes those of `partitions` that are missing and that `isWanted`. Safe to run in several processes at once, under load, and
 * beside one that drops them.
 */
export async function ensurePartitions(
  sql: Sql,
  table: PartitionedTable,
  partitions: Partition[],
  isWanted: PartitionGuard = async () => true,
): Promise<void> {
  const names = partitions.map(({ name }) => name);
  const found = await sql<{ name: string }[]>`
    select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid where c.relname = any(${names}::text[])`;
  const existing = new Set(found.map(({ name }) => name));
  for (const partition of partitions) {
    if (!existing.has(partition.name)) {
      await withShortLocks(() => sql.begin((tx) => make(tx, table, partition, isWanted)));
    }
  }
}

/**
 * Drops a partition without ever making a writer of another one wait longer than the lock time-out. `record` runs before, in the same
 * transaction, while nobody can write to the partition. Returns whether it was dropped.
 */
export async function dropPartition(sql: Sql, partition: Partition, record: PartitionGuard): Promise<boolean> {
  return withShortLocks(() =>
    sql.begin(async (tx) => {
      if (!(await holdPartition(tx, partition.name))) return false;
      // Readers go on, and the table above is not touched yet: only writers of this one partition wait while it is counted.
      await tx`lock table ${tx(partition.name)} in share mode`;
      if (!(await record(tx, partition))) return false;
      // The drop itself would lock the table above first, and hold off every flush while it waits for this one: 200 ms a try (2026-11-24).
      await tx`lock table ${tx(partition.name)} in access exclusive mode`;
      await tx`drop table ${tx(partition.name)}`;
      return true;
    }),
  );
}

/** Attaches `source`, a table of the same columns that is filled already, as a partition. `record` runs in the same transaction. */
export async function attachFilled(
  sql: Sql,
  table: PartitionedTable,
  partition: Partition,
  source: string,
  record: PartitionGuard,
): Promise<boolean> {
  return withShortLocks(() =>
    sql.begin(async (tx) => {
      if (await holdPartition(tx, partition.name)) return false;
      if (!(await record(tx, partition))) return false;
      await tx`alter table ${tx(source)} rename to ${tx(partition.name)}`;
      await attach(tx, table, partition);
      return true;
    }),
  );
}

/** Whether waiting for a lock was given up: somebody reads the table for long. */
export function isLockTimeout(error: unknown): boolean {
  return ['55P03', '40P01'].includes((error as { code?: string }).code ?? '');
}

/** The first date of a partition, out of its name. */
function dateOf(name: string): string {
  const digits = name.slice(-8);
  return `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`;
}

async function make(tx: Transaction, table: PartitionedTable, partition: Partition, isWanted: PartitionGuard) {
  if (await holdPartition(tx, partition.name)) return;
  if (!(await isWanted(tx, partition))) return;
  await tx`create table ${tx(partition.name)} (like ${tx(table.table)} including all)`;
  await attach(tx, table, partition);
}

/** One maker or dropper at a time per partition; whoever comes second finds it made or gone. Returns whether it is there. */
async function holdPartition(tx: Transaction, name: string): Promise<boolean> {
  await tx.unsafe(`set local lock_timeout = ${lockTimeoutMs}`);
  await tx`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`;
  const [found] = await tx`select to_regclass(${name})::text as name`;
  return Boolean(found?.name);
}

async function attach(tx: Transaction, { table, column }: PartitionedTable, { name, from, to }: Partition) {
  const inRange = `${column} is not null and ${column} >= '${from}' and ${column} < '${to}'`;
  // The check spares the attach its scan, and is implied by the bounds from then on.
  await tx.unsafe(`alter table ${name} add constraint in_range check (${inRange})`);
  await tx.unsafe(`alter table ${table} attach partition ${name} for values from ('${from}') to ('${to}')`);
  await tx.unsafe(`alter table ${name} drop constraint in_range`);
}

async function withShortLocks<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (!isLockTimeout(error) || tries === maxTries) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20 + Math.random() * 80));
    }
  }
}
