import type { Sql, Transaction } from '#db/client.ts';
import type { ChannelId } from '#db/schema.ts';
import { videoKeyPattern } from './video-key.ts';

export type StoredVideo = {
  /** The handle of its channel. */
  channel: string;
  channelId: ChannelId;
  title: string;
  sourceUrl: string | null;
  durationSeconds: number | null;
  /** ISO 8601, UTC. */
  publishedAt: string;
};

/** Whose key is taken, though it is in no list any more. */
export type RemovedVideo = {
  /** The channel that it stood in. */
  channelId: ChannelId;
  /** The key of the video that its views count for; null where it was deleted. */
  mergedInto: string | null;
};

/** What is kept of the video with this key; undefined if there is none, or it was merged or deleted. */
export async function findVideo(sql: Sql | Transaction, key: string): Promise<StoredVideo | undefined> {
  if (!videoKeyPattern.test(key)) return undefined;
  const [row] = await sql<StoredVideo[]>`
    select c.handle as channel, c.id::float8 as "channelId", v.title, v.source_url as "sourceUrl", v.duration_seconds as "durationSeconds",
      to_char(v.published_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "publishedAt"
    from videos v join channels c on c.id = v.channel_id
    where v.key = ${key} and v.removed_at is null`;
  return row;
}

/** The video with this key that was merged or deleted, if one was. */
export async function findRemovedVideo(sql: Sql, key: string): Promise<RemovedVideo | undefined> {
  if (!videoKeyPattern.test(key)) return undefined;
  const [row] = await sql<RemovedVideo[]>`
    select m.key as "mergedInto", v.channel_id::float8 as "channelId" from videos v left join videos m on m.id = v.merged_into
    where v.key = ${key} and v.removed_at is not null`;
  return row;
}
