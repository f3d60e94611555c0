import { sql } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { dateAt } from './calendar.ts';

export type ScreenedToday = { refused: number; duplicates: number };

/** How many views of all videos were refused today, and how many were sent again. */
export async function screenedToday(db: Reader, now: Date, timeZone: string): Promise<ScreenedToday> {
  const [row] = await db.execute<ScreenedToday>(sql`
    select coalesce(sum(views) filter (where reason <> 'duplicate'), 0)::float8 as refused,
      coalesce(sum(views) filter (where reason = 'duplicate'), 0)::float8 as duplicates
    from screening_days where day = ${dateAt(now, timeZone)}::date`);
  return row ?? { refused: 0, duplicates: 0 };
}
