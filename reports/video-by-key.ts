import { sql } from 'drizzle-orm';
import type { Scope } from '#accounts/may.ts';
import type { Db } from '#db/client.ts';
import type { VideoId } from '#db/schema.ts';
import { videoKeyPattern } from '#videos/video-key.ts';
import type { Channel } from './channel-by-handle.ts';
import { isVideoOf } from './removed-videos.ts';
import { isInScope } from './subject.ts';

export type Video = {
  id: VideoId;
  key: string;
  title: string;
  durationSeconds: number | null;
  sourceUrl: string | null;
  publishedAt: string;
  channel: Channel;
  /** Whether views of the channel's own people are not counted. */
  leavesOutMembers: boolean;
};

/** The video of a public key, which has another key where the one asked for was merged into it; undefined when there is none within the scope. */
export async function videoByKey(db: Db, scope: Scope, key: string): Promise<Video | undefined> {
  if (!videoKeyPattern.test(key)) return undefined;
  const [row] = await db.execute<Video>(sql`
    select v.id::float8 as id, v.key, v.title, v.duration_seconds as "durationSeconds", v.source_url as "sourceUrl",
      to_char(v.published_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "publishedAt",
      json_build_object('id', c.id, 'handle', c.handle, 'name', c.name) as channel,
      c.leaves_out_members as "leavesOutMembers"
    from videos v join channels c on c.id = v.channel_id
    where v.removed_at is null and ${isVideoOf(key)} and ${isInScope(scope, sql`v.channel_id`)}`);
  return row;
}
