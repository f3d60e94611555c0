import { type SQL, sql } from 'drizzle-orm';
import type { Scope } from '#accounts/may.ts';
import type { Reader } from '#db/client.ts';
import type { VideoId } from '#db/schema.ts';
import { lastHourRange } from './last-hour.ts';
import { isNotRemoved } from './removed-videos.ts';
import { isInScope, isVideoInScope } from './subject.ts';

export type TopVideo = { videoId: VideoId; key: string; title: string; channelName: string; people: number };

/**
 * The videos of a scope that most people started in the last sixty clock minutes; at equal counts the older video first. Out of the
 * sliding hour of the rollup where that is of the same minutes; in the second after the turn of a minute out of the minutes themselves.
 */
export async function topVideosNow(db: Reader, scope: Scope, now: Date, limit: number): Promise<TopVideo[]> {
  const { from, to } = lastHourRange(now);
  const top = (await isSlidingHour(db, from, to)) ? slidingHour(scope, limit) : hourOfMinutes(scope, from, to, limit);
  const rows = await db.execute<TopVideo>(sql`
    with top as (${top})
    select v.id::float8 as "videoId", v.key, v.title, c.name as "channelName", top.people::float8 as people
    from top join videos v on v.id = top.video_id join channels c on c.id = v.channel_id
    order by top.people desc, v.id`);
  return [...rows];
}

/** Clocks of senders may be a minute ahead: what is of the next minute is in the sliding hour already. */
async function isSlidingHour(db: Reader, from: string, to: string): Promise<boolean> {
  const [row] = await db.execute<{ yes: boolean }>(sql`
    select exists(select from sliding_hour_edge where edge = ${from}::timestamptz)
      and not exists(select from video_minutes where minute >= ${to}::timestamptz) as yes`);
  return row?.yes ?? false;
}

function slidingHour(scope: Scope, limit: number): SQL {
  return sql`
    select video_id, people from sliding_hour where people > 0 and ${isInScope(scope, sql`channel_id`)}
    order by people desc, video_id limit ${limit}`;
}

function hourOfMinutes(scope: Scope, from: string, to: string, limit: number): SQL {
  return sql`
    select video_id, sum((views - bot_views)::int) as people from video_minutes
    where minute >= ${from}::timestamptz and minute < ${to}::timestamptz and ${isNotRemoved(sql`video_id`)}
      and ${isVideoInScope(scope, sql`video_id`)}
    group by video_id
    having sum((views - bot_views)::int) > 0
    order by people desc, video_id
    limit ${limit}`;
}
