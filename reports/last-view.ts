import { sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { countsOf, type Subject } from './subject.ts';

/** The last date with a view of a subject, people or bots; undefined if there never was one. */
export async function lastViewDate(db: Db, subject: Subject): Promise<string | undefined> {
  const { table, isSubject } = countsOf(subject, 'day');
  const [row] = await db.execute<{ day: string | null }>(sql`
    select max(day)::text as day from ${table} where ${isSubject}`);
  return row?.day ?? undefined;
}
