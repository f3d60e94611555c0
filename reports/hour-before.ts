import { sql } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { lastHourRange } from './last-hour.ts';
import { type Counts, countsOf, type Subject } from './subject.ts';

/** A subject's views in the sixty clock minutes before the sliding hour: what the hour is measured against. */
export async function hourBefore(db: Reader, subject: Subject, now: Date): Promise<Counts> {
  const { from: to } = lastHourRange(now);
  const { from } = lastHourRange(new Date(now.getTime() - 3_600_000));
  const { table, isSubject } = countsOf(subject, 'minute');
  const [row] = await db.execute<Counts>(sql`
    select coalesce(sum(views), 0)::float8 as views, coalesce(sum(bot_views), 0)::float8 as "botViews"
    from ${table} where ${isSubject} and minute >= ${from}::timestamptz and minute < ${to}::timestamptz`);
  if (!row) throw new Error('A sum gave no row.');
  return row;
}
