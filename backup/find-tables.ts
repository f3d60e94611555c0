// What of the database is Boxoffice's, out of its catalog: tables and partitions with their columns, and sequences.
import { getTableName, isTable } from 'drizzle-orm';
import { isPgSequence } from 'drizzle-orm/pg-core';
import type { Sql, Transaction } from '#db/client.ts';
import * as schema from '#db/schema.ts';
import type { BackedUpTable } from './manifest.ts';

export type StoredTable = BackedUpTable & { bytes: number };

/** Every table by name; of partitioned ones the parent. */
export const tableNames = Object.values(schema).flatMap((one) => (isTable(one) ? [getTableName(one)] : []));
const sequenceNames = Object.values(schema).flatMap((one) => (isPgSequence(one) ? [one.seqName ?? ''] : []));

/**
 * The tables that hold rows themselves, so partitions instead of their parents. What a foreign key points to comes before
 * what points to it. Generated columns are left out.
 */
export async function findTables(sql: Sql | Transaction): Promise<StoredTable[]> {
  return sql<StoredTable[]>`
    with recursive found as (
      select c.oid, c.relname, p.relname as part_of
      from pg_class c left join pg_inherits i on i.inhrelid = c.oid left join pg_class p on p.oid = i.inhparent
      where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace
        and coalesce(p.relname, c.relname) = any(${tableNames}::text[])
    ), depths (oid, depth) as (
      select oid, 0 from found
      union
      select k.conrelid, d.depth + 1
      from depths d join pg_constraint k on k.confrelid = d.oid and k.contype = 'f' and k.conrelid <> k.confrelid
    )
    select f.relname as name, f.part_of as "partOf", pg_relation_size(f.oid)::float8 as bytes,
      (select array_agg(a.attname::text order by a.attnum) from pg_attribute a
        where a.attrelid = f.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns
    from found f
    order by (select max(depth) from depths d where d.oid = f.oid), f.relname`;
}

/** The sequences, by name, with the last value that each gave. */
export async function findSequences(sql: Sql | Transaction): Promise<Record<string, string | null>> {
  const found = await sql<{ name: string; last: string | null }[]>`
    select s.relname as name, pg_sequence_last_value(s.oid)::text as last
    from pg_class s
    where s.relkind = 'S' and s.relnamespace = current_schema()::regnamespace and (
      s.relname = any(${sequenceNames}::text[])
      or exists (
        select from pg_depend d join pg_class c on c.oid = d.refobjid
        where d.classid = 'pg_class'::regclass and d.objid = s.oid and d.deptype in ('a', 'i') and c.relname = any(${tableNames}::text[])))
    order by 1`;
  return Object.fromEntries(found.map(({ name, last }) => [name, last]));
}
