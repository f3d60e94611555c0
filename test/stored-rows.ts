import type { Sql } from '#db/client.ts';

/** Every row of every table of Boxoffice, as text in a fixed order, by table; partitions are part of their parent. */
export async function storedRows(sql: Sql): Promise<Record<string, string[]>> {
  const tables = await sql<{ name: string }[]>`
    select relname as name from pg_class
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition order by 1`;
  const rows: Record<string, string[]> = {};
  for (const { name } of tables) {
    const found = await sql<{ row: string }[]>`select t::text as row from ${sql(name)} t order by 1`;
    rows[name] = found.map(({ row }) => row);
  }
  return rows;
}

/** What each sequence gave last, by name. */
export async function lastValues(sql: Sql): Promise<Record<string, string | null>> {
  const found = await sql<{ name: string; last: string | null }[]>`
    select sequencename as name, last_value::text as last from pg_sequences where schemaname = 'public' order by 1`;
  return Object.fromEntries(found.map(({ name, last }) => [name, last]));
}
