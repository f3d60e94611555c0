// What grows: people of the last 24 whole hours against the same hours of the last four weeks.
import { sql } from 'drizzle-orm';
import type { Scope } from '#accounts/may.ts';
import { allChannelsId } from '#channels/reserved-channels.ts';
import type { Reader } from '#db/client.ts';
import { hourAt } from './calendar.ts';
import { isInScope } from './subject.ts';

/** Two views are no trend, and neither is what doubles by chance. */
export const leastPeople = 50;
const leastGrowth = 1.5;
// Where nearly nobody came before, any number would be many times as many.
const leastUsual = 5;

export type Trending = {
  key: string;
  title: string;
  channelName: string;
  people: number;
  /** The mean of the same hours of the weeks before since it was published, four at most. */
  usual: number;
  weeks: number;
  /** People by what is usual, at least five. */
  growth: number;
};

/**
 * The videos of a scope that grow most, among the thousand most watched of today and of yesterday. A video that is younger than a week
 * has nothing to grow from: it is measured against the channel's others instead (taking-off.ts).
 */
export async function trending(
  db: Reader,
  scope: Scope,
  now: Date,
  timeZone: string,
  limit: number,
): Promise<Trending[]> {
  const to = hourAt(now, timeZone).toISOString();
  const channels = scope === 'all' ? sql`channel_id = ${allChannelsId}` : isInScope(scope, sql`channel_id`);
  const peopleIn = (weeks: number | ReturnType<typeof sql>) => sql`
    select coalesce(sum(h.views - h.bot_views), 0) from video_hours h
    where h.video_id = c.video_id and h.hour >= ${to}::timestamptz - ${weeks} * interval '7 days' - interval '24 hours'
      and h.hour < ${to}::timestamptz - ${weeks} * interval '7 days'`;
  const rows = await db.execute<Trending>(sql`
    with candidates as (
      select distinct video_id from top_videos where ${channels} and grain = 'day' and people >= ${leastPeople / 2}
    ), current as materialized (
      select c.video_id, (${peopleIn(0)}) as people from candidates c
    ), usual as (
      select c.video_id, c.people, count(*) as weeks, avg((${peopleIn(sql`week`)})) as usual
      from current c join videos v on v.id = c.video_id cross join generate_series(1, 4) week
      where c.people >= ${leastPeople} and v.published_at <= ${to}::timestamptz - week * interval '7 days' - interval '24 hours'
      group by 1, 2
    ), grown as (
      select *, people / greatest(usual, ${leastUsual}) as growth from usual
    )
    select v.key, v.title, k.name as "channelName", g.people::float8 as people, g.usual::float8 as usual, g.weeks::float8 as weeks,
      g.growth::float8 as growth
    from grown g join videos v on v.id = g.video_id join channels k on k.id = v.channel_id
    where g.growth >= ${leastGrowth} and v.removed_at is null
    order by g.growth desc, g.people desc, v.id limit ${limit}`);
  return [...rows];
}
