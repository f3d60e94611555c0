import { sql } from 'drizzle-orm';
import { allChannelsId, deletedVideosId } from '#channels/reserved-channels.ts';
import type { Db } from '#db/client.ts';

export type LatestProof = {
  /** The last day that was closed, YYYY-MM-DD, and when; ISO text. */
  day: string;
  closedAt: string;
  /** Views recorded since of days that were closed before. */
  laterViews: number;
  /** The same by day, the newest first. */
  laterDays: { day: string; views: number }[];
  /** Days of the last week in which a difference was found and repaired, newest first. */
  repairedDays: string[];
  /** Days whose last closing did not balance. */
  unbalancedDays: string[];
};

/** What the nightly close has proved, for the badge beside totals; null before the first closing. */
export async function latestProof(db: Db): Promise<LatestProof | null> {
  const [row] = await db.execute<Partial<LatestProof>>(sql`
    with latest as (
      select distinct on (day) day, log_views, is_balanced, is_final from day_closings where former_zone is null order by day, id desc
    ), last as (
      select day, closed_at from day_closings where former_zone is null order by id desc limit 1
    ), later as (
      select l.day::text as day, (sum(c.views) - l.log_views)::float8 as views
      from latest l join channel_days c on c.channel_id in (${allChannelsId}::bigint, ${deletedVideosId}::bigint) and c.day = l.day
      group by l.day, l.log_views having sum(c.views) > l.log_views
    ), repaired as (
      select distinct r.day from day_closings r, last where r.former_zone is null and r.differing_buckets > 0 and r.closed_at > last.closed_at - interval '7 days'
    )
    select last.day::text as day, to_char(last.closed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "closedAt",
      (select coalesce(sum(views), 0) from later) as "laterViews",
      (select coalesce(json_agg(later order by day desc), '[]') from later) as "laterDays",
      array(select day::text from repaired order by 1 desc) as "repairedDays",
      array(select day::text from latest where not is_balanced order by 1) as "unbalancedDays"
    from last`);
  return row?.day ? (row as LatestProof) : null;
}
