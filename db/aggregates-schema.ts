// What the log is counted into, by video and by channel. rollups/ writes all of it. Channel 0 is all channels together, -1 what was
// recorded for videos that were deleted.
import { sql } from 'drizzle-orm';
import { index, pgTable, primaryKey } from 'drizzle-orm/pg-core';
import { calendarDate, channelId, counts, instant, videoId } from './columns.ts';

export const videoMinutes = pgTable(
  'video_minutes',
  { videoId: videoId(), minute: instant('minute').notNull(), ...counts() },
  (t) => [primaryKey({ columns: [t.videoId, t.minute] }), index('video_minutes_by_minute').on(t.minute)],
);
export const videoHours = pgTable(
  'video_hours',
  { videoId: videoId(), hour: instant('hour').notNull(), ...counts() },
  (t) => [primaryKey({ columns: [t.videoId, t.hour] })],
);
export const videoDays = pgTable(
  'video_days',
  { videoId: videoId(), day: calendarDate('day').notNull(), ...counts() },
  (t) => [primaryKey({ columns: [t.videoId, t.day] })],
);
export const videoMonths = pgTable(
  'video_months',
  { videoId: videoId(), month: calendarDate('month').notNull(), ...counts() },
  (t) => [primaryKey({ columns: [t.videoId, t.month] })],
);
export const videoTotals = pgTable('video_totals', { videoId: videoId().primaryKey(), ...counts() }, (t) => [
  index('video_totals_by_people').on(sql`(${t.views} - ${t.botViews}) desc`, t.videoId),
]);

export const channelMinutes = pgTable(
  'channel_minutes',
  { channelId: channelId(), minute: instant('minute').notNull(), ...counts() },
  (t) => [primaryKey({ columns: [t.channelId, t.minute] })],
);
export const channelHours = pgTable(
  'channel_hours',
  { channelId: channelId(), hour: instant('hour').notNull(), ...counts() },
  (t) => [primaryKey({ columns: [t.channelId, t.hour] })],
);
export const channelDays = pgTable(
  'channel_days',
  { channelId: channelId(), day: calendarDate('day').notNull(), ...counts() },
  (t) => [primaryKey({ columns: [t.channelId, t.day] })],
);
export const channelMonths = pgTable(
  'channel_months',
  { channelId: channelId(), month: calendarDate('month').notNull(), ...counts() },
  (t) => [primaryKey({ columns: [t.channelId, t.month] })],
);
export const channelTotals = pgTable('channel_totals', { channelId: channelId().primaryKey(), ...counts() });
