// Whose views a report is about.
import { type SQL, sql } from 'drizzle-orm';
import type { Scope } from '#accounts/may.ts';
import { allChannelsId } from '#channels/reserved-channels.ts';
import type { ChannelId, VideoId } from '#db/schema.ts';

/** A video, a channel, or the channels of a scope together. */
export type Subject = { video: VideoId } | { channel: ChannelId } | { channels: Scope };

export const allChannels: Subject = { channels: 'all' };

export type Grain = 'minute' | 'hour' | 'day' | 'month' | 'total';

export type Counts = { views: number; botViews: number };

/**
 * Where a subject's counts of one grain stand: `from ${table} where ${isSubject}`; the relation is called `counts`, its bucket column as
 * the grain. All channels together have rows of their own; of several channels the rows are summed, which only counts of views allow.
 */
export function countsOf(subject: Subject, grain: Grain): { table: SQL; isSubject: SQL } {
  if ('channels' in subject && subject.channels !== 'all') {
    return { table: sql`(${sumsOf(subject.channels, grain)}) counts`, isSubject: sql`true` };
  }
  const [column, id] =
    'video' in subject
      ? ['video_id', subject.video]
      : ['channel_id', 'channel' in subject ? subject.channel : allChannelsId];
  return {
    table: sql`${sql.identifier(tableNameOf(subject, grain))} counts`,
    isSubject: sql`${sql.identifier(column)} = ${id}`,
  };
}

/** What is asked of the bucket outside goes down to the rows: it is what they are grouped by. */
function sumsOf(channels: readonly ChannelId[], grain: Grain): SQL {
  const table = sql.identifier(`channel_${grain}s`);
  const sums = sql`coalesce(sum(views), 0) as views, coalesce(sum(bot_views), 0) as bot_views`;
  const isAmong = isInScope(channels, sql`channel_id`);
  if (grain === 'total') return sql`select ${sums} from ${table} where ${isAmong}`;
  const bucket = sql.identifier(grain);
  return sql`select ${bucket}, ${sums} from ${table} where ${isAmong} group by ${bucket}`;
}

export function tableNameOf(subject: Subject, grain: Grain): string {
  return `${'video' in subject ? 'video' : 'channel'}_${grain}s`;
}

/** Those that a subject is about. */
export function channelsOf(subject: Exclude<Subject, { video: VideoId }>): Scope {
  return 'channel' in subject ? [subject.channel] : subject.channels;
}

export function isInScope(scope: Scope, channelId: SQL): SQL {
  return scope === 'all' ? sql`true` : sql`${channelId} = any(${`{${scope.join()}}`}::bigint[])`;
}

/** Of the channel that the video has now. */
export function isVideoInScope(scope: Scope, videoId: SQL): SQL {
  return scope === 'all'
    ? sql`true`
    : sql`${videoId} in (select id from videos where ${isInScope(scope, sql`channel_id`)})`;
}
