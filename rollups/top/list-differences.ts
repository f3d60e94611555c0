// Holds the lists and the sliding hour against the counts they are made of. Nothing is written.
import type { Transaction } from '#db/client.ts';
import type { ReportingZone } from '#db/reporting-zone.ts';
import type { Difference } from '../difference.ts';
import { firstBucket, type ListGrain, listGrains, listLength, periodOf } from './windows.ts';

const maxDifferences = 100;

/** As of `now`, the time of the latest tick; to be called in a transaction that should be repeatable read. At most a hundred per table and grain. */
export async function listDifferences(
  tx: Transaction,
  now: Date,
  timeZone: ReportingZone,
  length = listLength,
): Promise<Difference[]> {
  const found: Difference[][] = [];
  for (const grain of listGrains) found.push(await listsAgainstCounts(tx, grain, now, timeZone, length));
  found.push(await slidingAgainstMinutes(tx));
  return found.flat();
}

function listsAgainstCounts(
  tx: Transaction,
  grain: ListGrain,
  now: Date,
  timeZone: ReportingZone,
  length: number,
): Promise<Difference[]> {
  const isListed = grain === 'total' ? tx`true` : tx`t.${tx(grain)} >= ${firstBucket(tx, grain, timeZone, now)}`;
  const firstPeriod = grain === 'total' ? tx`'-infinity'` : periodOf(tx, grain, firstBucket(tx, grain, timeZone, now));
  return tx<Difference[]>`
    with counted as (
      select o.channel_id, ${periodOf(tx, grain, grain === 'total' ? tx`` : tx`t.${tx(grain)}`)} as period, t.video_id,
        t.views - t.bot_views as people
      from ${tx(`video_${grain}s`)} t join videos v on v.id = t.video_id and v.removed_at is null
        cross join lateral (values (v.channel_id), (0)) o(channel_id)
      where ${isListed} and t.views > t.bot_views
    ), expected as (
      select * from (
        select *, row_number() over (partition by channel_id, period order by people desc, video_id) as place from counted
      ) placed where place <= ${length}::int
    ), stored as (
      select channel_id, period, video_id, people from top_videos where grain = ${grain} and period >= ${firstPeriod}
    )
    select 'top_videos' as table, ${`${grain}s`} as against, channel_id::float8 as owner, period || ' ' || video_id as bucket,
      coalesce(s.people, 0)::float8 as views, coalesce(e.people, 0)::float8 as "expectedViews", 0 as "botViews", 0 as "expectedBotViews"
    from expected e full join stored s using (channel_id, period, video_id)
    where s.people is distinct from e.people
    order by 3, 4 limit ${maxDifferences}`;
}

/** A database that was never ticked has no edge, and no rows. */
function slidingAgainstMinutes(tx: Transaction): Promise<Difference[]> {
  return tx<Difference[]>`
    with counted as (
      select m.video_id, v.channel_id, coalesce(sum(m.views - m.bot_views) filter (where m.minute >= h.edge), 0) as people,
        coalesce(sum(m.views - m.bot_views) filter (where m.minute < h.edge), 0) as people_before
      from sliding_hour_edge h join video_minutes m on m.minute >= h.edge - interval '60 minutes'
        join videos v on v.id = m.video_id and v.removed_at is null
      group by 1, 2 having sum(m.views - m.bot_views) > 0
    )
    select 'sliding_hour' as table, 'minutes' as against, video_id::float8 as owner, coalesce(c.channel_id, s.channel_id)::text as bucket,
      coalesce(s.people, 0)::float8 as views, coalesce(c.people, 0)::float8 as "expectedViews",
      coalesce(s.people_before, 0)::float8 as "botViews", coalesce(c.people_before, 0)::float8 as "expectedBotViews"
    from counted c full join sliding_hour s using (video_id)
    where (s.people, s.people_before, s.channel_id) is distinct from (c.people, c.people_before, c.channel_id)
    order by 3 limit ${maxDifferences}`;
}
