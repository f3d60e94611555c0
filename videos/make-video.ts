import { type Author, recordChange } from '#accounts/audit-entries.ts';
import type { Sql, Transaction } from '#db/client.ts';
import type { ChannelId } from '#db/schema.ts';
import { createVideos, type NewVideo } from './create-videos.ts';

export type MadeVideo = {
  status:
    | 'made'
    /** A video has that key, or had it before it was merged or deleted. */
    | 'key_taken'
    | 'no_channel'
    /** It takes no more videos. */
    | 'channel_archived';
};

/** Makes a video in the channel with the handle `channel`, and says so in the audit of changes. */
export async function makeVideo(sql: Sql, channel: string, video: NewVideo, author: Author): Promise<MadeVideo> {
  return sql.begin((tx): Promise<MadeVideo> => makeVideoIn(tx, channel, video, author));
}

/** The same within a transaction. */
export async function makeVideoIn(
  tx: Transaction,
  channel: string,
  video: NewVideo,
  author: Author,
): Promise<MadeVideo> {
  // Whoever archives it meanwhile waits.
  const [found] = await tx<{ id: ChannelId; isArchived: boolean }[]>`
    select id::float8 as id, archived_at is not null as "isArchived" from channels where handle = ${channel} for share`;
  if (!found) return { status: 'no_channel' };
  if (found.isArchived) return { status: 'channel_archived' };
  const made = await createVideos(tx, found.id, [video]);
  if (!made.has(video.key)) return { status: 'key_taken' };
  const { key, ...fields } = video;
  const subject = `video:${key}` as const;
  await recordChange(tx, author, { action: 'video.create', subject, before: null, after: { channel, ...fields } });
  return { status: 'made' };
}
