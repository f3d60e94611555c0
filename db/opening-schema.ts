// Counts that were brought along from other products. opening/ writes it; nothing of it enters an aggregate or a proof.
import { sql } from 'drizzle-orm';
import { bigint, check, date, index, pgSequence, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

/** Numbers what was entered together, and is reversed together. */
export const openingEntries = pgSequence('opening_entries', { startWith: 1 });

/** What another product had counted for a video before Boxoffice did. A row is never removed: it is reversed. */
export const openingBalances = pgTable(
  'opening_balances',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    entry: bigint('entry', { mode: 'number' }).notNull(),
    /** The video whose key was entered; where that was merged or moved, it counts for whom the video says. */
    videoId: bigint('video_id', { mode: 'number' }).notNull(),
    /** Of the reporting zone; null: all that was counted before Boxoffice. */
    day: date('day', { mode: 'string' }),
    views: bigint('views', { mode: 'number' }).notNull(),
    /** Which product counted. */
    source: text('source').notNull(),
    /** As in audit_entries. */
    enteredBy: text('entered_by').notNull(),
    enteredAt: instant('entered_at').notNull(),
    reversedBy: text('reversed_by'),
    reversedAt: instant('reversed_at'),
  },
  (t) => [
    // Whatever the letters of the source: entered twice, it would count twice.
    uniqueIndex('opening_balances_once')
      .on(t.videoId, sql`lower(${t.source} collate "und-x-icu")`, sql`coalesce(${t.day}, '-infinity'::date)`)
      .where(sql`${t.reversedAt} is null`),
    index('opening_balances_by_entry').on(t.entry),
    check('opening_balances_views_are_some', sql`${t.views} between 1 and 1000000000000`),
    check('opening_balances_source_is_short', sql`length(${t.source}) between 1 and 100`),
    check('opening_balances_day_is_finite', sql`isfinite(${t.day})`),
    check('opening_balances_actor_is_known', sql`${t.enteredBy} = 'command' or ${t.enteredBy} ~ '^(user|key):.'`),
    check('opening_balances_reversal_is_whole', sql`(${t.reversedAt} is null) = (${t.reversedBy} is null)`),
  ],
);
