import type { Sql } from '#db/client.ts';
import type { NewVideo } from './create-videos.ts';

export type VideoChanges = Partial<Omit<NewVideo, 'key'>>;

/** Gives a video new values for the fields that `changes` has. Servers that remember the key are told after the commit. */
export async function changeVideo(sql: Sql, key: string, changes: VideoChanges): Promise<void> {
  await sql`
    with changed as (
      update videos set
        title = coalesce(${changes.title ?? null}, title),
        source_url = coalesce(${changes.sourceUrl ?? null}, source_url),
        duration_seconds = coalesce(${changes.durationSeconds ?? null}::int, duration_seconds),
        published_at = coalesce(${changes.publishedAt ?? null}::text::timestamptz, published_at)
      where key = ${key} and removed_at is null
      returning key
    )
    select pg_notify('boxoffice_videos', key) from changed`;
}
