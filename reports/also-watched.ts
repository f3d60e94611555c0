import { sql } from 'drizzle-orm';
import type { Scope } from '#accounts/may.ts';
import type { Reader } from '#db/client.ts';
import type { VideoId } from '#db/schema.ts';
import { isInScope } from './subject.ts';

export type AlsoWatched = {
  key: string;
  title: string;
  channelName: string;
  /** People who saw both in the 28 days before the count; at least three. */
  viewers: number;
  /** ISO text. */
  countedAt: string;
};

const listed = 10;

/** The videos of a scope that most viewers of a video saw as well, as of last night: at most ten, at equal counts the older first. */
export async function alsoWatched(db: Reader, scope: Scope, video: VideoId): Promise<AlsoWatched[]> {
  const rows = await db.execute<AlsoWatched>(sql`
    select v.key, v.title, c.name as "channelName", a.viewers::float8 as viewers,
      to_char(a.counted_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "countedAt"
    from also_watched a join videos v on v.id = a.other_id join channels c on c.id = v.channel_id
    where a.video_id = ${video} and v.removed_at is null and ${isInScope(scope, sql`v.channel_id`)}
    order by a.viewers desc, v.id limit ${listed}`);
  return [...rows];
}
