// Which of the views that were not counted a report is about.
import { type SQL, sql } from 'drizzle-orm';
import type { VideoId } from '#db/schema.ts';
import { type Reason, remedies } from '#ingest/wire.ts';
import type { Range } from './range.ts';

/** Duplicates are kept apart from what was refused: they were counted before. */
export type Screened = Reason | 'duplicate';

export type ScreenedFilter = {
  /** Undefined: whatever was refused, for any reason. */
  reason: Screened | undefined;
  /** Undefined: of all videos. */
  video: VideoId | undefined;
};

// Of 3.3 million rows by the hour and 1.5 million by the day a list of 24 hours takes 3 ms, of a year 0.7 s, and a video's year 8 ms by
// its index (2026-11-24, on a machine with five times the work it has processors for).
/** Where they stand: `from ${table} where ${isIn}`. Hours have a table of their own, months are days. */
export function screenedIn(range: Range, { reason, video }: ScreenedFilter): { table: SQL; isIn: SQL } {
  const { table, isIn } = screenedBy(range, video);
  return { table, isIn: sql`${isIn} and ${reason ? sql`reason = ${reason}` : sql`reason <> 'duplicate'`}` };
}

/** The same, for any reason and duplicates too. */
export function screenedBy({ unit, from, to }: Range, video: VideoId | undefined): { table: SQL; isIn: SQL } {
  const isOfVideo = video === undefined ? sql`true` : sql`video_id = ${video}`;
  if (unit === 'hour') {
    const isInRange = sql`hour >= ${from}::timestamptz and hour < ${to}::timestamptz`;
    return { table: sql`screening_hours`, isIn: sql`${isInRange} and ${isOfVideo}` };
  }
  return { table: sql`screening_days`, isIn: sql`day >= ${from}::date and day < ${to}::date and ${isOfVideo}` };
}

/** A reason as it stands in the URL; undefined for what is none. */
export function parseScreened(text: string | undefined): Screened | undefined {
  return text !== undefined && Object.hasOwn(remedies, text) ? (text as Screened) : undefined;
}
