import { type Author, recordChange } from '#accounts/audit-entries.ts';
import type { Sql, Transaction } from '#db/client.ts';
import type { NewVideo } from './create-videos.ts';
import { findVideo, type StoredVideo } from './find-video.ts';

/** What is left out stays as it is; null takes a value away. */
export type VideoChanges = Partial<Pick<NewVideo, 'title' | 'publishedAt'>> & {
  sourceUrl?: string | null | undefined;
  durationSeconds?: number | null | undefined;
};

export type ChangedVideo = { status: 'changed' | 'unchanged' | 'no_video' };

/** Gives a video new values for the fields that `changes` has. Servers that remember the key are told after the commit. */
export async function changeVideo(sql: Sql, key: string, changes: VideoChanges, author: Author): Promise<ChangedVideo> {
  return sql.begin((tx): Promise<ChangedVideo> => changeVideoIn(tx, key, changes, author));
}

/** The same within a transaction. */
export async function changeVideoIn(
  tx: Transaction,
  key: string,
  changes: VideoChanges,
  author: Author,
): Promise<ChangedVideo> {
  await tx`select from videos where key = ${key} and removed_at is null for no key update`;
  const video = await findVideo(tx, key);
  if (!video) return { status: 'no_video' };
  const { before, after } = differences(video, changes);
  if (Object.keys(after).length === 0) return { status: 'unchanged' };
  const changed = { ...video, ...after };
  await tx`
    update videos set title = ${changed.title}, source_url = ${changed.sourceUrl},
      duration_seconds = ${changed.durationSeconds}, published_at = ${changed.publishedAt}::text::timestamptz
    where key = ${key}`;
  await recordChange(tx, author, { action: 'video.change', subject: `video:${key}`, before, after });
  await tx`select pg_notify('boxoffice_videos', ${key})`;
  return { status: 'changed' };
}

type Fields = Pick<StoredVideo, 'title' | 'sourceUrl' | 'durationSeconds' | 'publishedAt'>;

/** The fields that `changes` gives another value, before and after. */
export function differences(video: Fields, changes: VideoChanges): Record<'before' | 'after', Partial<Fields>> {
  const given = { ...changes, publishedAt: changes.publishedAt && utcSeconds(changes.publishedAt) };
  const names = (['title', 'sourceUrl', 'durationSeconds', 'publishedAt'] as const).filter(
    (name) => given[name] !== undefined && given[name] !== video[name],
  );
  const pick = (from: VideoChanges) => Object.fromEntries(names.map((name) => [name, from[name]]));
  return { before: pick(video), after: pick(given) };
}

/** As findVideo tells a time: an edit form that only shows seconds changes nothing. */
function utcSeconds(time: string): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}
