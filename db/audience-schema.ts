// Who watches, from where, and what is on top. rollups/ writes what is counted here; verdicts/ and viewers/ write the facts that
// change how it is: views in the log never change for them. Days are dates of the reporting zone; channel 0 is all channels.
import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  customType,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { calendarDate, channelId, count, counts, instant, rowId, videoId } from './columns.ts';

const bytes = customType<{ data: Buffer }>({ dataType: () => 'bytea' });

/** A verdict that was changed for a video and a half-open span of time. Spans that hold at the same time never overlap. */
export const verdictChanges = pgTable(
  'verdict_changes',
  {
    id: rowId(),
    videoId: videoId(),
    fromAt: instant('from_at').notNull(),
    toAt: instant('to_at').notNull(),
    /** bot: every view of the span was a bot's. person: all but those that said themselves that they were bots were people's. */
    verdict: text('verdict', { enum: ['bot', 'person'] }).notNull(),
    why: text('why').notNull(),
    /** How many views changed sides when it was made. */
    views: count('views'),
    madeAt: instant('made_at').notNull(),
    madeBy: text('made_by').notNull(),
    reversedAt: instant('reversed_at'),
    reversedBy: text('reversed_by'),
  },
  (t) => [
    index('verdict_changes_by_video').on(t.videoId, t.fromAt).where(sql`${t.reversedAt} is null`),
    check('verdict_changes_verdict_is_known', sql`${t.verdict} in ('bot', 'person')`),
    check('verdict_changes_span_is_some_time', sql`${t.fromAt} < ${t.toAt}`),
    check('verdict_changes_why_is_said', sql`length(${t.why}) between 1 and 500`),
  ],
);

/** A device that is a user's, so that its views are the user's; until it is reversed it has no other. */
export const viewerBindings = pgTable(
  'viewer_bindings',
  {
    id: rowId(),
    device: uuid('device').notNull(),
    /** The viewer that the user is (viewers/viewer-of-user.ts). */
    userViewer: uuid('user_viewer').notNull(),
    boundAt: instant('bound_at').notNull(),
    boundBy: text('bound_by').notNull(),
    reversedAt: instant('reversed_at'),
    reversedBy: text('reversed_by'),
  },
  (t) => [
    uniqueIndex('viewer_bindings_one_user_a_device').on(t.device).where(sql`${t.reversedAt} is null`),
    index('viewer_bindings_by_user').on(t.userViewer),
  ],
);

/** People's views of bound devices as they were recorded, by the video itself: what goes back when a binding is reversed. */
export const boundViews = pgTable(
  'bound_views',
  { device: uuid('device').notNull(), videoId: videoId(), day: calendarDate('day').notNull(), views: count('views') },
  (t) => [primaryKey({ columns: [t.device, t.videoId, t.day] })],
);

/** Viewers whose views were made nobody's. Of who they were a salted hash is left, by which an archived log is held to it as well. */
export const viewerErasures = pgTable('viewer_erasures', {
  id: rowId(),
  /** The SHA-256 of the viewer with the installation's secret, in hex. */
  viewerHash: text('viewer_hash').notNull().unique(),
  /** The random viewer that its views have now. */
  token: uuid('token').notNull(),
  views: count('views'),
  erasedAt: instant('erased_at').notNull(),
  erasedBy: text('erased_by').notNull(),
});

// No day before: '-infinity' instead of null, so that it can be in a key and is before every day.
const viewerDay = () => ({
  viewer: uuid('viewer').notNull(),
  day: calendarDate('day').notNull(),
  /** The last day before on which the viewer saw it; '-infinity' where there is none. */
  previousDay: calendarDate('previous_day').notNull(),
  /** People's views: a viewer with none has no row. */
  views: integer('views').notNull(),
});
/** Which viewer saw what on which day. The viewer comes first: bindings and erasures look for one viewer's rows. */
export const videoViewers = pgTable('video_viewers', { videoId: videoId(), ...viewerDay() }, (t) => [
  primaryKey({ columns: [t.viewer, t.videoId, t.day] }),
  // Rows come day by day, so that a close finds those of its day together.
  index('video_viewers_by_day').using('brin', t.day).with({ autosummarize: true, pages_per_range: 32 }),
]);
export const channelViewers = pgTable('channel_viewers', { channelId: channelId(), ...viewerDay() }, (t) => [
  primaryKey({ columns: [t.viewer, t.channelId, t.day] }),
  // Rows come day by day, so that a close finds those of its day together.
  index('channel_viewers_by_day').using('brin', t.day).with({ autosummarize: true, pages_per_range: 32 }),
]);

const viewerCell = () => ({
  day: calendarDate('day').notNull(),
  previousDay: calendarDate('previous_day').notNull(),
  viewers: count('viewers'),
});
/** How many viewers of a day had been there last on which day before: unique viewers of any range are sums of these. */
export const videoViewerCells = pgTable('video_viewer_cells', { videoId: videoId(), ...viewerCell() }, (t) => [
  primaryKey({ columns: [t.videoId, t.day, t.previousDay] }),
]);
export const channelViewerCells = pgTable('channel_viewer_cells', { channelId: channelId(), ...viewerCell() }, (t) => [
  primaryKey({ columns: [t.channelId, t.day, t.previousDay] }),
]);

const viewerSketch = () => ({ viewers: count('viewers'), sketch: bytes('sketch').notNull() });
/** What stays of a day's viewers when their rows go, written at the close: the exact number, and a sketch for ranges (hyperloglog.ts). */
export const videoViewerDays = pgTable(
  'video_viewer_days',
  { videoId: videoId(), day: calendarDate('day').notNull(), newViewers: count('new_viewers'), ...viewerSketch() },
  (t) => [primaryKey({ columns: [t.videoId, t.day] })],
);
export const channelViewerDays = pgTable(
  'channel_viewer_days',
  { channelId: channelId(), day: calendarDate('day').notNull(), newViewers: count('new_viewers'), ...viewerSketch() },
  (t) => [primaryKey({ columns: [t.channelId, t.day] })],
);
/** The same by month; `viewers` is the sketch's estimate. */
export const videoViewerMonths = pgTable(
  'video_viewer_months',
  { videoId: videoId(), month: calendarDate('month').notNull(), ...viewerSketch() },
  (t) => [primaryKey({ columns: [t.videoId, t.month] })],
);
export const channelViewerMonths = pgTable(
  'channel_viewer_months',
  { channelId: channelId(), month: calendarDate('month').notNull(), ...viewerSketch() },
  (t) => [primaryKey({ columns: [t.channelId, t.month] })],
);

const breakdown = () => ({
  day: calendarDate('day').notNull(),
  /** Its place in `dimensions` (breakdown-values.ts). */
  dimension: smallint('dimension').notNull(),
  /** '' where it is unknown; `otherValues` for all that have no row of their own. */
  value: text('value').notNull(),
  ...counts(),
});
/** Views of a day by country, device, browser and so on. */
export const videoBreakdowns = pgTable('video_breakdowns', { videoId: videoId(), ...breakdown() }, (t) => [
  primaryKey({ columns: [t.videoId, t.day, t.dimension, t.value] }),
]);
export const channelBreakdowns = pgTable('channel_breakdowns', { channelId: channelId(), ...breakdown() }, (t) => [
  primaryKey({ columns: [t.channelId, t.day, t.dimension, t.value] }),
]);

/** The thousand most watched videos of each channel and of all, for the current hour, day and month and those before, and of all time. */
export const topVideos = pgTable(
  'top_videos',
  {
    channelId: channelId(),
    grain: text('grain', { enum: ['hour', 'day', 'month', 'total'] }).notNull(),
    /** When the hour, day or month begins; '-infinity' for all time. */
    period: instant('period').notNull(),
    videoId: videoId(),
    people: count('people'),
  },
  (t) => [primaryKey({ columns: [t.channelId, t.grain, t.period, t.videoId] })],
);

/** People of the sixty clock minutes that end with the current one, and of the sixty before, by video. */
export const slidingHour = pgTable(
  'sliding_hour',
  {
    videoId: videoId().primaryKey(),
    channelId: channelId(),
    people: count('people'),
    peopleBefore: count('people_before'),
  },
  (t) => [
    index('sliding_hour_by_people').on(t.people.desc(), t.videoId),
    index('sliding_hour_by_channel').on(t.channelId, t.people.desc(), t.videoId),
  ],
);

/** The first minute of the sliding hour, as the tick left it; one row. */
export const slidingHourEdge = pgTable(
  'sliding_hour_edge',
  { id: boolean('id').primaryKey().default(true), edge: instant('edge').notNull() },
  (t) => [check('sliding_hour_edge_has_one_row', sql`${t.id}`)],
);

/** Which other videos the viewers of a video saw within the kept days, counted nightly; the most first. */
export const alsoWatched = pgTable(
  'also_watched',
  {
    videoId: videoId(),
    otherId: videoId('other_id'),
    /** Viewers of both. */
    viewers: count('viewers'),
    countedAt: instant('counted_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.videoId, t.otherId] })],
);
