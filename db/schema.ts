// Every table. Who writes what: ingest/ the log, lanes and screening; rollups/ the aggregates and cursors;
// videos/, channels/ and accounts/ their own. Partitioned tables are declared plain for typing; their
// `partition by` stands in the migration.
import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  pgSequence,
  pgTable,
  primaryKey,
  smallint,
  text,
  uuid,
} from 'drizzle-orm/pg-core';
import { channels } from './channels-schema.ts';
import { channelId, count, instant, type VideoId, videoId } from './columns.ts';

export { apiKeys } from './access-schema.ts';
export type { Role } from './accounts-schema.ts';
export {
  accountLinks,
  auditEntries,
  channelMembers,
  credentials,
  sessions,
  signInFailures,
  twoFactors,
  users,
  verifications,
} from './accounts-schema.ts';
export {
  channelDays,
  channelHours,
  channelMinutes,
  channelMonths,
  channelTotals,
  videoDays,
  videoHours,
  videoMinutes,
  videoMonths,
  videoTotals,
} from './aggregates-schema.ts';
export {
  alsoWatched,
  boundViews,
  channelBreakdowns,
  channelViewerCells,
  channelViewerDays,
  channelViewerMonths,
  channelViewers,
  slidingHour,
  slidingHourEdge,
  topVideos,
  verdictChanges,
  videoBreakdowns,
  videoViewerCells,
  videoViewerDays,
  videoViewerMonths,
  videoViewers,
  viewerBindings,
  viewerErasures,
} from './audience-schema.ts';
export { allowedOrigins, channels } from './channels-schema.ts';
export type { ChannelId, VideoId } from './columns.ts';
export type { DayDifference } from './ledger-schema.ts';
export { dayClosings, logArchives, retentionDrops, taskRuns } from './ledger-schema.ts';
export { openingBalances, openingEntries } from './opening-schema.ts';

/** A zone and the instant up to which it cuts days, as ISO text. */
export type EarlierZone = { timeZone: string; until: string };

/** What this database was set up with; one row. */
export const installation = pgTable(
  'installation',
  {
    id: smallint('id').primaryKey().default(1),
    timeZone: text('time_zone').notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
    /** Makes viewers of users, so that nobody who has the rows alone can try ids out (viewers/viewer-of-user.ts). */
    viewerSecret: text('viewer_secret').notNull().default(sql`gen_random_uuid()::text || gen_random_uuid()::text`),
    /** What cut the days before `timeZone` did, oldest first; empty where that cut every day. */
    earlierZones: jsonb('earlier_zones').$type<EarlierZone[]>().notNull().default([]),
  },
  (t) => [check('installation_has_one_row', sql`${t.id} = 1`)],
);

/** Every change of the reporting zone. Views from `cutAt` on are of days of the new zone; null: all of them. */
export const zoneChanges = pgTable('zone_changes', {
  id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  fromZone: text('from_zone').notNull(),
  toZone: text('to_zone').notNull(),
  cutAt: instant('cut_at'),
  changedAt: instant('changed_at').notNull(),
});

export const videos = pgTable(
  'videos',
  {
    id: bigint('id', { mode: 'number' }).$type<VideoId>().primaryKey().generatedByDefaultAsIdentity(),
    key: text('key').notNull().unique(),
    channelId: channelId().references(() => channels.id),
    title: text('title').notNull(),
    durationSeconds: integer('duration_seconds'),
    sourceUrl: text('source_url'),
    publishedAt: instant('published_at').notNull().defaultNow(),
    createdAt: instant('created_at').notNull().defaultNow(),
    isMadeAtFirstView: boolean('is_made_at_first_view').notNull().default(false),
    /** Since when it is in no list: it was merged into another video, or deleted. Its key and its rows stay. */
    removedAt: instant('removed_at'),
    /** The video that its views count for. Nothing is ever merged into a video that was removed itself. */
    mergedInto: bigint('merged_into', { mode: 'number' }).$type<VideoId>(),
    /** What a search is compared with, in small letters whatever the database's own locale knows of them. */
    searchText: text('search_text')
      .notNull()
      .generatedAlwaysAs(sql`lower(title collate "und-x-icu") || chr(10) || lower(key)`),
  },
  (t) => [
    index('videos_by_channel').on(t.channelId, t.id),
    index('videos_made_at_first_view').on(t.channelId, t.createdAt).where(sql`${t.isMadeAtFirstView}`),
    index('videos_by_published_at').on(t.publishedAt.desc(), t.id),
    index('videos_by_title').on(sql`${t.title} collate "und-x-icu"`, t.id),
    index('videos_by_search_text').using('gin', t.searchText.op('gin_trgm_ops')),
    index('videos_removed').on(t.id, t.mergedInto).where(sql`${t.removedAt} is not null`),
    check(
      'videos_merged_is_removed',
      sql`${t.mergedInto} is null or (${t.removedAt} is not null and ${t.mergedInto} <> ${t.id})`,
    ),
    check('videos_key_is_url_safe', sql`${t.key} ~ '^[A-Za-z0-9_~.-]{1,128}$'`),
    check('videos_title_is_short', sql`length(${t.title}) between 1 and 500`),
    check('videos_duration_is_positive', sql`${t.durationSeconds} > 0`),
  ],
);

/**
 * The log: one row per view, append-only, in daily UTC partitions.
 * Columns run from wide to narrow so that no byte is lost to alignment.
 */
export const videoViews = pgTable(
  'video_views',
  {
    id: uuid('id').notNull(),
    viewer: uuid('viewer').notNull(),
    videoId: videoId(),
    viewedAt: instant('viewed_at').notNull(),
    receivedAt: instant('received_at').notNull(),
    batch: bigint('batch', { mode: 'number' }).notNull(),
    lane: smallint('lane').notNull(),
    // Labels by number: 6 bytes a view instead of some 22.
    device: smallint('device'),
    browser: smallint('browser'),
    os: smallint('os'),
    isMuted: boolean('is_muted').notNull(),
    bot: text('bot'),
    country: text('country'),
    site: text('site'),
    referrer: text('referrer'),
  },
  (t) => [
    primaryKey({ name: 'video_views_pkey', columns: [t.id, t.viewedAt, t.videoId] }),
    foreignKey({ name: 'video_views_video_id_fkey', columns: [t.videoId], foreignColumns: [videos.id] }),
    index('video_views_by_batch').using('brin', t.batch).with({ autosummarize: true, pages_per_range: 32 }),
  ],
);

/** The names behind the numbers of `device`, `browser` and `os`: a few hundred, all from fixed lists. */
export const labels = pgTable('labels', {
  id: smallint('id').primaryKey().generatedAlwaysAsIdentity(),
  label: text('label').notNull().unique(),
});

const screened = () => ({
  reason: text('reason').notNull(),
  videoId: videoId(),
  origin: text('origin').notNull(),
  views: count('views'),
});

/** Views that were not counted: per minute of receipt, reason, video (0: unknown) and origin ('': none, or not kept). */
export const screeningMinutes = pgTable(
  'screening_minutes',
  { minute: instant('minute').notNull(), ...screened() },
  (t) => [primaryKey({ columns: [t.minute, t.reason, t.videoId, t.origin] })],
);

/** The same by the hour and by the day of the reporting zone, in the same statement: what the page of them reads. */
export const screeningHours = pgTable('screening_hours', { hour: instant('hour').notNull(), ...screened() }, (t) => [
  primaryKey({ columns: [t.hour, t.reason, t.videoId, t.origin] }),
  index('screening_hours_by_video').on(t.videoId, t.hour),
]);
export const screeningDays = pgTable(
  'screening_days',
  { day: date('day', { mode: 'string' }).notNull(), ...screened() },
  (t) => [
    primaryKey({ columns: [t.day, t.reason, t.videoId, t.origin] }),
    index('screening_days_by_video').on(t.videoId, t.day),
  ],
);

/** Views that were sent again after they were counted, for their receipts: how often, and when last. */
export const viewRepeats = pgTable(
  'view_repeats',
  {
    id: uuid('id').notNull(),
    videoId: videoId(),
    times: integer('times').notNull(),
    lastAt: instant('last_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.id, t.videoId] })],
);

/** One row per writer of the log: the number of the last batch it committed. */
export const ingestLanes = pgTable(
  'ingest_lanes',
  {
    lane: smallint('lane').primaryKey(),
    kind: text('kind', { enum: ['live', 'import'] }).notNull(),
    batch: bigint('batch', { mode: 'number' }).notNull().default(0),
    // No view that the rollup has yet to read lies before it, so that the rollup needs to look at few partitions.
    oldestUnreadAt: instant('oldest_unread_at'),
    leasedBy: text('leased_by').notNull(),
    leasedAt: instant('leased_at').notNull(),
  },
  (t) => [check('ingest_lanes_kind_is_known', sql`${t.kind} in ('live', 'import')`)],
);

/** Shared by all lanes, so that batch numbers rise with the place in the log whoever writes (BRIN needs that). */
export const viewBatches = pgSequence('view_batches', { startWith: 1 });

/** How far the rollup has read each lane, and the time up to which everything acknowledged is in the aggregates. */
export const rollupCursors = pgTable('rollup_cursors', {
  lane: smallint('lane').primaryKey(),
  batch: bigint('batch', { mode: 'number' }).notNull().default(0),
  completeTo: instant('complete_to'),
});

/** The secret of one UTC day that turns an address and a browser into a viewer; deleted two days later. */
export const viewerSalts = pgTable('viewer_salts', {
  day: date('day', { mode: 'string' }).primaryKey(),
  salt: text('salt').notNull(),
});
