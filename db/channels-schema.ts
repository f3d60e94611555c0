// Channels, and the sites that count for them. channels/ writes both.
import { sql } from 'drizzle-orm';
import { bigint, boolean, check, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { type ChannelId, channelId, instant } from './columns.ts';

export const channels = pgTable(
  'channels',
  {
    id: bigint('id', { mode: 'number' }).$type<ChannelId>().primaryKey().generatedByDefaultAsIdentity(),
    handle: text('handle').notNull().unique(),
    name: text('name').notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
    /** Since when it takes no more videos; those in it go on being counted. */
    archivedAt: instant('archived_at'),
    /** How many videos a reporting day may make by being viewed for the first time; 0: none. */
    firstViewVideosPerDay: integer('first_view_videos_per_day').notNull().default(0),
    /** Whether views of its members and of admins, signed in, are not counted. */
    leavesOutMembers: boolean('leaves_out_members').notNull().default(true),
  },
  (t) => [
    check('channels_first_view_videos_are_few', sql`${t.firstViewVideosPerDay} between 0 and 10000`),
    check('channels_handle_is_short_and_plain', sql`${t.handle} ~ '^[a-z0-9][a-z0-9-]{0,62}$'`),
    check('channels_name_is_short', sql`length(${t.name}) between 1 and 200`),
  ],
);

/** The sites whose players may count for a channel; one that has none is counted for from everywhere. */
export const allowedOrigins = pgTable(
  'allowed_origins',
  { channelId: channelId().references(() => channels.id, { onDelete: 'cascade' }), pattern: text('pattern').notNull() },
  (t) => [
    primaryKey({ columns: [t.channelId, t.pattern] }),
    check('allowed_origins_pattern_is_short', sql`length(${t.pattern}) between 1 and 255`),
  ],
);
