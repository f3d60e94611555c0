import type { Sql } from '#db/client.ts';

/** The days of the log (UTC) within a half-open span, ISO texts, that are archived and were not brought back. */
export async function archivedDays(sql: Sql, { from, to }: { from: string; to: string }): Promise<string[]> {
  const rows = await sql<{ day: string }[]>`
    select day::text as day from log_archives a
    where restored_at is null and a.day < (${to}::text::timestamptz at time zone 'UTC')
      and a.day + interval '1 day' > (${from}::text::timestamptz at time zone 'UTC')
    order by a.day`;
  return rows.map(({ day }) => day);
}
