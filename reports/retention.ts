// What is kept, how much room it takes, and the receipts of what was archived or dropped.
import { sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { type Partition, type PartitionedTable, partitionedTables, partitionOf } from '#db/partitions.ts';

/** A fact and the tables it stands in. */
export type Kept = { fact: string; tables: string[] };

export type Holding = {
  fact: string;
  /** Postgres' own estimate, of its last look at each partition. */
  estimatedRows: number;
  /** With indexes. */
  bytes: number;
  /** The date its oldest partition or month begins; null where it has none. */
  oldest: string | null;
  /** By how much it grew a day over the last four weeks, of its partitions; null for what is not cut by time. */
  bytesPerDay: number | null;
};

export type Receipt = {
  /** What was dropped, and the half-open dates of it. */
  partition: string;
  from: string;
  to: string;
  rows: number;
  /** Of the file for the log (null without one), of the partition for others. */
  bytes: number | null;
  fileName: string | null;
  at: string;
  isRestored: boolean;
};

export type Retention = {
  holdings: Holding[];
  archives: { days: number; views: number; bytes: number; daysWithoutFile: number };
  /** The latest first. */
  receipts: Receipt[];
};

const shownReceipts = 20;
const growthDays = 28;
const dayMs = 86_400_000;

/** Sizes, growth and receipts of these facts. */
export async function retention(db: Db, facts: Kept[], now: Date): Promise<Retention> {
  const tables = facts.flatMap((fact) => fact.tables);
  const [parts, firstMonth, archives, receipts] = await Promise.all([
    readParts(db, tables),
    readFirstMonth(db),
    readArchives(db),
    readReceipts(db),
  ]);
  const holdings = facts.map(({ fact, tables }) =>
    holdingOf(
      fact,
      parts.filter(({ table }) => tables.includes(table)),
      now,
      fact === 'months' ? firstMonth : null,
    ),
  );
  return { holdings, archives, receipts };
}

type Part = { table: string; name: string; rows: number; bytes: number; isEmpty: boolean };

/** The partitions of each table, or the table itself where it has none. */
async function readParts(db: Db, tables: string[]): Promise<Part[]> {
  return db.execute<Part>(sql`
    with parents as (select t.name, t.name::regclass as oid from unnest(${sql.param(tables)}::text[]) t(name)), parts as (
      select p.name as table_name, i.inhrelid as oid from parents p join pg_inherits i on i.inhparent = p.oid
      union all
      select name, oid from parents p where not exists (select from pg_inherits where inhparent = p.oid)
    )
    select p.table_name as "table", c.relname::text as name, pg_total_relation_size(c.oid)::float8 as bytes,
      (case when c.reltuples >= 0 then c.reltuples else coalesce(s.n_live_tup, 0) end)::float8 as rows,
      pg_relation_size(c.oid) = 0 as "isEmpty"
    from parts p join pg_class c on c.oid = p.oid left join pg_stat_all_tables s on s.relid = c.oid
    order by 2`);
}

function holdingOf(fact: string, parts: Part[], now: Date, firstMonth: string | null): Holding {
  const cut = parts.flatMap((part) => {
    const table = tableOf(part.table);
    return table && part.name !== part.table ? [{ ...part, ...rangeOf(table, part.name) }] : [];
  });
  const oldest = cut.filter(({ isEmpty }) => !isEmpty).map(({ from }) => from);
  return {
    fact,
    estimatedRows: parts.reduce((sum, { rows }) => sum + rows, 0),
    bytes: parts.reduce((sum, { bytes }) => sum + bytes, 0),
    oldest: oldest.toSorted()[0] ?? firstMonth,
    bytesPerDay: cut.length === 0 ? null : cut.reduce((sum, part) => sum + recentBytes(part, now), 0) / growthDays,
  };
}

function tableOf(name: string): PartitionedTable | undefined {
  return Object.values(partitionedTables).find(({ table }) => table === name);
}

function rangeOf(table: PartitionedTable, name: string): Partition {
  const digits = name.slice(-8);
  return partitionOf(table, `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`);
}

/** A partition's bytes that came in the last four weeks, were it filled evenly until its end or until now. */
function recentBytes({ from, to, bytes, isEmpty }: Part & Partition, now: Date): number {
  const [start, end] = [Date.parse(from), Math.min(Date.parse(to), now.getTime())];
  const recent = end - Math.max(start, now.getTime() - growthDays * dayMs);
  return isEmpty || end <= start || recent <= 0 ? 0 : (bytes * recent) / (end - start);
}

async function readFirstMonth(db: Db): Promise<string | null> {
  const [row] = await db.execute<{ month: string | null }>(sql`
    select min(month)::text as month from channel_months where channel_id = 0`);
  return row?.month ?? null;
}

async function readArchives(db: Db): Promise<Retention['archives']> {
  const [row] = await db.execute<Retention['archives']>(sql`
    select count(*)::float8 as days, coalesce(sum(views), 0)::float8 as views, coalesce(sum(bytes), 0)::float8 as bytes,
      count(*) filter (where file_name is null)::float8 as "daysWithoutFile"
    from log_archives`);
  if (!row) throw new Error('A select without a group gave no row.');
  return row;
}

async function readReceipts(db: Db): Promise<Receipt[]> {
  return db.execute<Receipt>(sql`
    with receipts as (
      select 'view log' as partition, day as from_day, day + 1 as to_day, views as rows, bytes, file_name, archived_at as at,
        restored_at is not null as restored
      from log_archives
      union all
      select partition, from_day, to_day, rows, bytes, null, dropped_at, false from retention_drops
    )
    select partition, from_day::text as "from", to_day::text as "to", rows::float8 as rows, bytes::float8 as bytes,
      file_name as "fileName", to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at, restored as "isRestored"
    from receipts order by receipts.at desc, receipts.partition limit ${shownReceipts}`);
}
