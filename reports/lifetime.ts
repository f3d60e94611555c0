import { sql } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { type Counts, countsOf, type Subject } from './subject.ts';

/** Everything ever counted for a subject. */
export async function lifetime(db: Reader, subject: Subject): Promise<Counts> {
  const { table, isSubject } = countsOf(subject, 'total');
  const [row] = await db.execute<Counts>(sql`
    select views::float8 as views, bot_views::float8 as "botViews" from ${table} where ${isSubject}`);
  return row ?? { views: 0, botViews: 0 };
}
