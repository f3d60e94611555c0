import type { Sql, Transaction } from '#db/client.ts';
import type { ChannelId } from '#db/schema.ts';
import type { StoredVideo } from '../find-video.ts';

export type KnownVideo = StoredVideo & { key: string; views: number; isRemoved: boolean };
export type KnownChannel = { id: ChannelId; handle: string; isArchived: boolean };

/** The videos with these keys, those that were removed too. */
export async function knownVideos(sql: Sql | Transaction, keys: string[]): Promise<Map<string, KnownVideo>> {
  const rows = await sql<KnownVideo[]>`
    select v.key, c.handle as channel, c.id::float8 as "channelId", v.title, v.source_url as "sourceUrl",
      v.duration_seconds as "durationSeconds",
      to_char(v.published_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "publishedAt",
      coalesce(t.views, 0)::float8 as views, v.removed_at is not null as "isRemoved"
    from videos v join channels c on c.id = v.channel_id left join video_totals t on t.video_id = v.id
    where v.key = any(${keys}::text[])`;
  return new Map(rows.map((video) => [video.key, video]));
}

export async function knownChannels(sql: Sql | Transaction, handles: string[]): Promise<Map<string, KnownChannel>> {
  const rows = await sql<KnownChannel[]>`
    select id::float8 as id, handle, archived_at is not null as "isArchived" from channels
    where handle = any(${handles}::text[])`;
  return new Map(rows.map((channel) => [channel.handle, channel]));
}
