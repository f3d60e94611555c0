import type { Sql } from './client.ts';

/** A zone as the database writes it, where it was given in other capitals. */
export async function zoneNameOf(sql: Sql, given: string): Promise<string> {
  const [zone] = await sql<{ name: string }[]>`
    select name from pg_timezone_names where lower(name) = lower(${given}) order by name limit 1`;
  return zone?.name ?? given;
}
