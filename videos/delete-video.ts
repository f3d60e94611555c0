// Deletes a video: what was recorded for it counts for nobody any more. The log and its own rows stay until they are too old, so that
// days that were closed can still be proved; channel -1 holds them (channels/reserved-channels.ts). Its key is never given again.
import { type Author, recordChange } from '#accounts/audit-entries.ts';
import { allChannelsId, deletedVideosId } from '#channels/reserved-channels.ts';
import type { Sql, Transaction } from '#db/client.ts';
import type { CountsMove } from '#rollups/counts-move.ts';
import { holdCounts } from '#rollups/hold-counts.ts';
import { moveCounts } from '#rollups/move-counts.ts';
import { lockMergedInto, lockVideo } from './lock-video.ts';
import { type RecordedHistory, recordedHistory } from './recorded-history.ts';

export type DeletedVideo =
  /** `deleted` are the keys that lead nowhere now: its own, and those that had been merged into it. */
  | { status: 'deleted'; deleted: string[]; lost: RecordedHistory }
  /** There is no such video, or it was merged or deleted. */
  | { status: 'no_video' }
  /** A day was being closed or dropped for too long: try again. */
  | { status: 'busy' };

/** To be confirmed by a person first, who was shown what goes (recorded-history.ts). It cannot be undone. */
export async function deleteVideo(sql: Sql, key: string, author: Author): Promise<DeletedVideo> {
  const held = await holdCounts(sql, author.now, (tx, latest) => deleteVideoIn(tx, key, author, latest));
  return held.status === 'busy' ? held : held.result;
}

/** The same within `holdCounts`. */
export async function deleteVideoIn(
  tx: Transaction,
  key: string,
  author: Author,
  latest: Date,
): Promise<Exclude<DeletedVideo, { status: 'busy' }>> {
  const video = await lockVideo(tx, key);
  const lost = video && (await recordedHistory(tx, key));
  if (!video || !lost) return { status: 'no_video' };
  const merged = await lockMergedInto(tx, video.id);
  await tx`
    update videos set merged_into = null, removed_at = ${author.now.toISOString()}::text::timestamptz
    where id = any(${[video.id, ...merged.map(({ id }) => id)]}::bigint[])`;
  const moves: CountsMove[] = [
    ...merged.map(({ id }) => ({ of: id, subject: 'video', owner: video.id, times: -1 }) as const),
    { of: video.id, subject: 'channel', owner: video.channelId, times: -1 },
    { of: video.id, subject: 'channel', owner: allChannelsId, times: -1 },
    { of: video.id, subject: 'channel', owner: deletedVideosId, times: 1 },
  ];
  await moveCounts(tx, moves, latest);
  const before = { channel: video.channel, title: lost.title, views: lost.views, openingViews: lost.openingViews };
  const deleted = [{ key, before }, ...merged.map((one) => ({ key: one.key, before: { mergedInto: key } }))];
  for (const one of deleted) {
    const subject = `video:${one.key}` as const;
    await recordChange(tx, author, { action: 'video.delete', subject, before: one.before, after: null });
  }
  const keys = deleted.map((one) => one.key);
  await tx`select pg_notify('boxoffice_videos', key) from unnest(${keys}::text[]) key`;
  return { status: 'deleted', deleted: keys, lost };
}
