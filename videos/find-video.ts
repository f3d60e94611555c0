import type { Sql } from '#db/client.ts';

export type StoredVideo = {
  /** The handle of its channel. */
  channel: string;
  title: string;
  sourceUrl: string | null;
  durationSeconds: number | null;
  /** ISO 8601, UTC. */
  publishedAt: string;
};

/** What is kept of the video with this key; undefined if there is none. */
export async function findVideo(sql: Sql, key: string): Promise<StoredVideo | undefined> {
  const [row] = await sql<StoredVideo[]>`
    select c.handle as channel, v.title, v.source_url as "sourceUrl", v.duration_seconds as "durationSeconds",
      to_char(v.published_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "publishedAt"
    from videos v join channels c on c.id = v.channel_id
    where v.key = ${key}`;
  return row;
}
