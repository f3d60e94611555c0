import { sql } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { shiftDay } from '#db/day.ts';
import type { Range } from './range.ts';

/** A range by the hour becomes one by the day where some of its hours were dropped for their age: days are kept for ever. */
export async function keptRange(db: Reader, range: Range): Promise<Range & { isCoarser: boolean }> {
  if (range.unit !== 'hour') return { ...range, isCoarser: false };
  const [row] = await db.execute<{ dropped: boolean }>(sql`
    select exists(select from retention_drops
      where table_name in ('video_hours', 'channel_hours')
        and from_day::timestamptz < ${range.to}::timestamptz and to_day::timestamptz > ${range.from}::timestamptz) as dropped`);
  if (!row?.dropped) return { ...range, isCoarser: false };
  return { ...range, unit: 'day', from: range.dates.from, to: shiftDay(range.dates.to, 1), isCoarser: true };
}
