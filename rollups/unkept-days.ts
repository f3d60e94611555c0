import type { Sql } from '#db/client.ts';

/** Says of which UTC days within [from, to] the log is gone, and how it comes back; one line for each stretch of days. */
export async function unkeptDays(sql: Sql, { from, to }: { from: string; to: string }): Promise<string[]> {
  const stretches = await sql<{ first: string; last: string; days: number; has_file: boolean }[]>`
    select min(day)::text as first, max(day)::text as last, count(*)::int as days, has_file
    from (
      select day, file_name is not null as has_file, day - (row_number() over (partition by file_name is not null order by day))::int as stretch
      from log_archives where restored_at is null and day between ${from}::text::date and ${to}::text::date
    ) gone
    group by stretch, has_file order by 1`;
  return stretches.map(({ first, last, days, has_file }) => {
    const which = days === 1 ? `${first} was left: its` : `${first} to ${last} were left: their`;
    return has_file
      ? `${which} log is archived. Bring it back first: npm run archive -- --restore ${days === 1 ? first : 'DAY'}`
      : `${which} log was dropped without a file.`;
  });
}
