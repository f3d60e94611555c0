import type { Reader } from '#db/client.ts';
import { shiftDay } from '#db/day.ts';
import { isDropped } from './is-dropped.ts';
import type { Range } from './range.ts';

/** A range by the hour becomes one by the day where some of its hours were dropped for their age: days are kept for ever. */
export async function keptRange(db: Reader, range: Range): Promise<Range & { isCoarser: boolean }> {
  const isCoarser = range.unit === 'hour' && (await isDropped(db, ['video_hours', 'channel_hours'], range));
  if (!isCoarser) return { ...range, isCoarser };
  return { ...range, unit: 'day', from: range.dates.from, to: shiftDay(range.dates.to, 1), isCoarser };
}
