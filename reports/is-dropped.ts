import { sql } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';

/** Whether rows of one of `tables` within [from, to) were dropped for their age; their zeros would be none. */
export async function isDropped(
  db: Reader,
  tables: readonly string[],
  { from, to }: { from: string; to: string },
): Promise<boolean> {
  const [row] = await db.execute<{ dropped: boolean }>(sql`
    select exists(select from retention_drops
      where table_name in ${[...tables]}
        and from_day::timestamptz < ${to}::timestamptz and to_day::timestamptz > ${from}::timestamptz) as dropped`);
  return row?.dropped ?? false;
}
