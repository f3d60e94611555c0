// Makes a video that was merged one of its own again, with every view that was recorded for it, before the merge and since.
import { type Author, recordChange } from '#accounts/audit-entries.ts';
import type { Sql, Transaction } from '#db/client.ts';
import { holdCounts } from '#rollups/hold-counts.ts';
import { moveCounts } from '#rollups/move-counts.ts';
import { lockMergedVideo } from './lock-video.ts';

export type UndoneMerge =
  /** `from` is the video that its views had counted for. */
  | { status: 'undone'; from: string; channel: string }
  /** There is no such video, or it is not merged into another. */
  | { status: 'not_merged' }
  /** A day was being closed or dropped for too long: try again. */
  | { status: 'busy' };

/** It goes back to the channel that it stood in. What had been merged into it before it was merged stays where it is. */
export async function undoMerge(sql: Sql, key: string, author: Author): Promise<UndoneMerge> {
  const held = await holdCounts(sql, author.now, (tx, latest) => undo(tx, key, author, latest));
  return held.status === 'busy' ? held : held.result;
}

async function undo(tx: Transaction, key: string, author: Author, latest: Date): Promise<UndoneMerge> {
  const video = await lockMergedVideo(tx, key);
  if (!video) return { status: 'not_merged' };
  const { into, channel } = video;
  await tx`update videos set merged_into = null, removed_at = null where id = ${video.id}`;
  await moveCounts(
    tx,
    [
      { of: video.id, subject: 'video', owner: into.id, times: -1 },
      { of: video.id, subject: 'channel', owner: into.channelId, times: -1 },
      { of: video.id, subject: 'channel', owner: video.channelId, times: 1 },
    ],
    latest,
  );
  const subject = `video:${key}` as const;
  const [before, after] = [{ mergedInto: into.key }, { channel }];
  await recordChange(tx, author, { action: 'video.undo_merge', subject, before, after });
  await tx`select pg_notify('boxoffice_videos', key) from unnest(${[key, into.key]}::text[]) key`;
  return { status: 'undone', from: into.key, channel };
}
