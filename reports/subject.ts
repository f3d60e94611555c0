// Whose views a report is about.
import { type SQL, sql } from 'drizzle-orm';
import type { ChannelId, VideoId } from '#db/schema.ts';

export type Subject = { video: VideoId } | { channel: ChannelId };

/** Channel 0 holds the counts of all channels together. */
export const allChannels: Subject = { channel: 0 as ChannelId };

export function isAllChannels(subject: Subject): boolean {
  return 'channel' in subject && subject.channel === 0;
}

export type Grain = 'minute' | 'hour' | 'day' | 'month' | 'total';

export type Counts = { views: number; botViews: number };

/** Where a subject's counts of one grain stand: `from ${table} where ${isSubject}`; the bucket column has the grain's name. */
export function countsOf(subject: Subject, grain: Grain): { table: SQL; isSubject: SQL } {
  const [column, id] = 'video' in subject ? ['video_id', subject.video] : ['channel_id', subject.channel];
  return {
    table: sql`${sql.identifier(tableNameOf(subject, grain))}`,
    isSubject: sql`${sql.identifier(column)} = ${id}`,
  };
}

export function tableNameOf(subject: Subject, grain: Grain): string {
  return `${'video' in subject ? 'video' : 'channel'}_${grain}s`;
}
