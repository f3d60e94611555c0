// Moves a video to another channel with its whole history: a view belongs to the channel its video has now.
import { type Author, recordChange } from '#accounts/audit-entries.ts';
import { findChannel, isArchived } from '#channels/find-channel.ts';
import type { Sql, Transaction } from '#db/client.ts';
import { holdCounts } from '#rollups/hold-counts.ts';
import { moveCounts } from '#rollups/move-counts.ts';
import { lockVideo } from './lock-video.ts';

export type MovedVideo =
  | { status: 'moved'; from: string; to: string }
  /** It stands in that channel already. */
  | { status: 'unchanged' }
  | { status: 'no_video' }
  | { status: 'no_channel' }
  /** It takes no more videos. */
  | { status: 'channel_archived' }
  /** A day was being closed or dropped for too long: try again. */
  | { status: 'busy' };

/** Moves the video `key` to the channel with the handle `to`, which exists. All channels together do not change. */
export async function moveVideo(sql: Sql, key: string, to: string, author: Author): Promise<MovedVideo> {
  const held = await holdCounts(sql, author.now, (tx, latest) => moveVideoIn(tx, key, to, author, latest));
  return held.status === 'busy' ? held : held.result;
}

/** The same within `holdCounts`. */
export async function moveVideoIn(
  tx: Transaction,
  key: string,
  to: string,
  author: Author,
  latest: Date,
): Promise<Exclude<MovedVideo, { status: 'busy' }>> {
  const video = await lockVideo(tx, key);
  if (!video) return { status: 'no_video' };
  const channelId = await findChannel(tx, to);
  if (!channelId) return { status: 'no_channel' };
  if (channelId === video.channelId) return { status: 'unchanged' };
  if (await isArchived(tx, channelId)) return { status: 'channel_archived' };
  await tx`update videos set channel_id = ${channelId} where id = ${video.id}`;
  const counts = { of: video.id, subject: 'channel' } as const;
  await moveCounts(
    tx,
    [
      { ...counts, owner: video.channelId, times: -1 },
      { ...counts, owner: channelId, times: 1 },
    ],
    latest,
  );
  await recordChange(tx, author, {
    action: 'video.move',
    subject: `video:${key}`,
    before: { channel: video.channel },
    after: { channel: to },
  });
  await tx`select pg_notify('boxoffice_videos', ${key})`;
  return { status: 'moved', from: video.channel, to };
}
