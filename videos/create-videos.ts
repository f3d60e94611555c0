import { z } from 'zod';
import type { Sql, Transaction } from '#db/client.ts';
import type { ChannelId, VideoId } from '#db/schema.ts';
import { videoKeyPattern } from './video-key.ts';

// Of the column.
const maxInteger = 2_147_483_647;

export const newVideo = z.object({
  key: z.string().regex(videoKeyPattern, 'should be 1 to 128 of A-Z a-z 0-9 _ ~ . -'),
  title: z.string().trim().min(1, 'should not be empty').max(500, 'should have 500 characters at most'),
  durationSeconds: z
    .int()
    .positive('should be more than 0')
    .max(maxInteger, `should be ${maxInteger} at most`)
    .optional(),
  /** What a browser can play: an address, or a path on this server. */
  sourceUrl: z
    .string()
    .trim()
    .max(2_000, 'should have 2000 characters at most')
    .refine(isPlayable, 'should look like https://example.com/clip.mp4, or /clip.mp4 on this server')
    .optional(),
  /** ISO 8601; now unless told. */
  publishedAt: z.iso.datetime({ offset: true, error: 'should look like 2026-01-31T12:00:00Z' }).optional(),
});

export type NewVideo = z.infer<typeof newVideo>;

/** A key that somebody chooses: pages for managing have these two. */
export const chosenKey = newVideo.shape.key.refine(
  (key) => key !== 'new' && key !== 'many',
  'should not be new or many: these are pages of the dashboard',
);

/**
 * Makes the videos whose keys are free and returns their ids by key; those that exist are left as they are.
 * Servers that remember such a key as unknown are told after the commit.
 */
export async function createVideos(
  sql: Sql | Transaction,
  channelId: ChannelId,
  videos: NewVideo[],
): Promise<Map<string, VideoId>> {
  // In the order of their keys: two imports that make each other's videos would deadlock otherwise.
  const sorted = videos.toSorted((a, b) => (a.key < b.key ? -1 : 1));
  const rows = await sql<{ key: string; id: string }[]>`
    with given as (
      select * from unnest(
        ${sorted.map((v) => v.key)}::text[],
        ${sorted.map((v) => v.title)}::text[],
        ${sorted.map((v) => v.durationSeconds ?? null)}::int[],
        ${sorted.map((v) => v.sourceUrl ?? null)}::text[],
        ${sorted.map((v) => v.publishedAt ?? null)}::text[]
      ) as v(key, title, duration_seconds, source_url, published_at)
    ), made as (
      insert into videos (key, channel_id, title, duration_seconds, source_url, published_at)
      select key, ${channelId}, title, duration_seconds, source_url, coalesce(published_at::timestamptz, now()) from given
      on conflict (key) do nothing
      returning key, id
    )
    select key, id::text as id, pg_notify('boxoffice_videos', key)::text as told from made`;
  return new Map(rows.map(({ key, id }) => [key, Number(id) as VideoId]));
}

function isPlayable(source: string): boolean {
  const server = 'http://this.server';
  // As browsers read it, who take a backslash for a slash and leave tabs out: /\evil.example is another site.
  if (source.startsWith('/')) return URL.parse(source, server)?.origin === server;
  return /^https?:$/.test(URL.parse(source)?.protocol ?? '');
}
