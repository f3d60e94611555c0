import { sql } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import type { VideoId } from '#db/schema.ts';

export const milestones = [1_000, 10_000, 100_000, 1_000_000] as const;

export type Milestone = {
  people: number;
  /** The date, in the reporting zone, on which the video's lifetime people reached it. */
  day: string;
  /** The hour of that day, as the instant it begins at; null where its hours are no longer kept. */
  hour: string | null;
};

/**
 * When a video's people reached each milestone, by the times at which views happened: late views and changed verdicts move it. What
 * another product had counted (an opening balance) has no such times, and is not in it.
 */
export async function milestonesOf(db: Reader, video: VideoId, timeZone: string): Promise<Milestone[]> {
  const rows = await db.execute<Milestone>(sql`
    with days as (
      select day, views - bot_views as people, sum(views - bot_views) over (order by day) as reached
      from video_days where video_id = ${video}
    ), crossed as (
      select m.people, d.day, d.people as people_of_day, d.reached - d.people as before
      from unnest(${`{${milestones.join()}}`}::bigint[]) m(people)
        cross join lateral (select * from days where reached >= m.people order by day limit 1) d
    )
    select c.people::float8 as people, c.day::text as day, to_char(h.hour at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as hour
    from crossed c left join lateral (
      select hour
      from (
        select hour, sum(views - bot_views) over (order by hour) as reached, sum(views - bot_views) over () as people
        from video_hours
        where video_id = ${video} and hour >= c.day::timestamp at time zone ${timeZone}::text
          and hour < (c.day + 1)::timestamp at time zone ${timeZone}::text
      ) hours
      -- Where some hours of the day are gone, the others cannot tell.
      where hours.people = c.people_of_day and c.before + reached >= c.people
      order by hour limit 1
    ) h on true
    order by c.people`);
  return [...rows];
}
