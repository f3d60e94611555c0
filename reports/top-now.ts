import { sql } from 'drizzle-orm';
import type { Scope } from '#accounts/may.ts';
import type { Reader } from '#db/client.ts';
import type { VideoId } from '#db/schema.ts';
import { lastHourRange } from './last-hour.ts';
import { isNotRemoved } from './removed-videos.ts';
import { isVideoInScope } from './subject.ts';

export type TopVideo = { videoId: VideoId; key: string; title: string; channelName: string; people: number };

/** The videos of a scope that most people started in the last sixty clock minutes; at equal counts the older video first. */
export async function topVideosNow(db: Reader, scope: Scope, now: Date, limit: number): Promise<TopVideo[]> {
  const { from, to } = lastHourRange(now);
  const rows = await db.execute<TopVideo>(sql`
    with top as (
      select video_id, sum((views - bot_views)::int) as people from video_minutes
      where minute >= ${from}::timestamptz and minute < ${to}::timestamptz and ${isNotRemoved(sql`video_id`)}
        and ${isVideoInScope(scope, sql`video_id`)}
      group by video_id
      having sum((views - bot_views)::int) > 0
      order by people desc, video_id
      limit ${limit}
    )
    select v.id::float8 as "videoId", v.key, v.title, c.name as "channelName", top.people::float8 as people
    from top join videos v on v.id = top.video_id join channels c on c.id = v.channel_id
    order by top.people desc, v.id`);
  return [...rows];
}
