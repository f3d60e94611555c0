import { sql } from 'drizzle-orm';
import type { Scope } from '#accounts/may.ts';
import type { Reader } from '#db/client.ts';
import { dateAt } from './calendar.ts';
import { isScreenedOf } from './screened.ts';

export type ScreenedToday = { refused: number; duplicates: number };

/** How many views of a scope's videos were refused today, and how many were sent again. */
export async function screenedToday(db: Reader, scope: Scope, now: Date, timeZone: string): Promise<ScreenedToday> {
  const [row] = await db.execute<ScreenedToday>(sql`
    select coalesce(sum(views) filter (where reason <> 'duplicate'), 0)::float8 as refused,
      coalesce(sum(views) filter (where reason = 'duplicate'), 0)::float8 as duplicates
    from screening_days where day = ${dateAt(now, timeZone)}::date and ${isScreenedOf({ channels: scope })}`);
  return row ?? { refused: 0, duplicates: 0 };
}
