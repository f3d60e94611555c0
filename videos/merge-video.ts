// Merges a video into another: the views of both count for that one, those to come too. The log is not touched: a view stays recorded
// for its own video, so that one that is sent again is known, and so that a merge can be undone (undo-merge.ts).
import { type Author, recordChange } from '#accounts/audit-entries.ts';
import type { Sql, Transaction } from '#db/client.ts';
import type { CountsMove } from '#rollups/counts-move.ts';
import { holdCounts } from '#rollups/hold-counts.ts';
import { moveCounts } from '#rollups/move-counts.ts';
import { lockMergedInto, lockVideo } from './lock-video.ts';

export type Merge =
  /** `merged` are the keys that lead to it now: the one asked for, and those that had been merged into that. */
  | { status: 'merged'; into: string; merged: string[] }
  /** A video cannot be merged into itself. */
  | { status: 'same_video' }
  /** There is no such video, or it was merged or deleted. */
  | { status: 'no_video'; key: string }
  /** A day was being closed or dropped for too long: try again. */
  | { status: 'busy' };

/** What had been merged into `key` before is merged into `into` as well: nothing is merged into what is merged itself. */
export async function mergeVideo(sql: Sql, key: string, into: string, author: Author): Promise<Merge> {
  if (key === into) return { status: 'same_video' };
  const held = await holdCounts(sql, author.now, (tx, latest) => merge(tx, key, into, author, latest));
  return held.status === 'busy' ? held : held.result;
}

async function merge(tx: Transaction, key: string, into: string, author: Author, latest: Date): Promise<Merge> {
  const video = await lockVideo(tx, key);
  if (!video) return { status: 'no_video', key };
  const target = await lockVideo(tx, into);
  if (!target) return { status: 'no_video', key: into };
  const before = await lockMergedInto(tx, video.id);
  await tx`
    update videos set merged_into = ${target.id}, removed_at = coalesce(removed_at, ${author.now.toISOString()}::text::timestamptz)
    where id = any(${[video.id, ...before.map(({ id }) => id)]}::bigint[])`;
  const moves: CountsMove[] = [
    { of: video.id, subject: 'video', owner: target.id, times: 1 },
    // They no longer count for it.
    ...before.map(({ id }) => ({ of: id, subject: 'video', owner: video.id, times: -1 }) as const),
    { of: video.id, subject: 'channel', owner: video.channelId, times: -1 },
    { of: video.id, subject: 'channel', owner: target.channelId, times: 1 },
  ];
  await moveCounts(tx, moves, latest);
  const merged = [
    { key, state: { channel: video.channel } },
    ...before.map((one) => ({ key: one.key, state: { mergedInto: key } })),
  ];
  for (const one of merged) {
    const subject = `video:${one.key}` as const;
    await recordChange(tx, author, { action: 'video.merge', subject, before: one.state, after: { mergedInto: into } });
  }
  const keys = merged.map((one) => one.key);
  await tx`select pg_notify('boxoffice_videos', key) from unnest(${[...keys, into]}::text[]) key`;
  return { status: 'merged', into, merged: keys };
}
