// Which of the views that were not counted a report is about.
import { type SQL, sql } from 'drizzle-orm';
import { remedies } from '#ingest/remedies.ts';
import type { Reason } from '#ingest/wire.ts';
import type { Range } from './range.ts';
import { channelsOf, isInScope, type Subject } from './subject.ts';

/** Duplicates are kept apart from what was refused: they were counted before. */
export type Screened = Reason | 'duplicate';

export type ScreenedFilter = {
  /** Undefined: whatever was refused, for any reason. */
  reason: Screened | undefined;
  /** Of whose videos. */
  subject: Subject;
};

// Of 3.3 million rows by the hour and 1.5 million by the day a list of 24 hours takes 3 ms, of a year 0.7 s, and a video's year 8 ms by
// its index (2026-11-24, on a machine with five times the work it has processors for).
/** Where they stand: `from ${table} where ${isIn}`. Hours have a table of their own, months are days. */
export function screenedIn(range: Range, { reason, subject }: ScreenedFilter): { table: SQL; isIn: SQL } {
  const { table, isIn } = screenedBy(range, subject);
  return { table, isIn: sql`${isIn} and ${reason ? sql`reason = ${reason}` : sql`reason <> 'duplicate'`}` };
}

/** The same, for any reason and duplicates too. */
export function screenedBy({ unit, from, to }: Range, subject: Subject): { table: SQL; isIn: SQL } {
  const isOfSubject = isScreenedOf(subject);
  if (unit === 'hour') {
    const isInRange = sql`hour >= ${from}::timestamptz and hour < ${to}::timestamptz`;
    return { table: sql`screening_hours`, isIn: sql`${isInRange} and ${isOfSubject}` };
  }
  return { table: sql`screening_days`, isIn: sql`day >= ${from}::date and day < ${to}::date and ${isOfSubject}` };
}

/**
 * Whether a row is of a subject's videos. Those of a channel are what counts for it, merged videos too; views of unknown
 * videos are nobody's, and stand with all channels only.
 */
export function isScreenedOf(subject: Subject): SQL {
  if ('video' in subject) return sql`video_id = ${subject.video}`;
  const channels = channelsOf(subject);
  if (channels === 'all') return sql`true`;
  return sql`video_id in (
    select id from videos where merged_into is null and ${isInScope(channels, sql`channel_id`)}
    union all
    select merged.id from videos merged join videos v on v.id = merged.merged_into
    where merged.removed_at is not null and ${isInScope(channels, sql`v.channel_id`)})`;
}

/** A reason as it stands in the URL; undefined for what is none. */
export function parseScreened(text: string | undefined): Screened | undefined {
  return text !== undefined && Object.hasOwn(remedies, text) ? (text as Screened) : undefined;
}
