// The most watched videos of each channel and of all, exactly: people first, then the older video. Counts of a window only grow, so the new
// list lies inside the old one and the videos that just changed; whatever lowers a count rebuilds (rebuild-lists.ts). Writes top_videos.
import type { Fragment, Transaction } from '#db/client.ts';
import type { ReportingZone } from '#db/reporting-zone.ts';
import { bucketOf } from '../grains.ts';
import { firstBucket, type ListGrain, listGrains, listLength, periodOf } from './windows.ts';

/**
 * Brings the lists up to date with the counts that the session's slots were added to. To be called right after that, while the cursors are
 * locked. `length` is another in tests only.
 */
export async function updateTopLists(
  tx: Transaction,
  now: Date,
  timeZone: ReportingZone,
  probe: () => void = () => {},
  length = listLength,
): Promise<void> {
  await tx`
    create temp table if not exists grown_lists (channel_id bigint, grain text, period timestamptz) on commit delete rows`;
  for (const grain of listGrains) {
    probe();
    await addChanged(tx, grain, changedCounts(tx, grain, timeZone, now), length);
  }
  probe();
  await trim(tx, length);
}

/** (video_id, period, people) of the videos with new views in a window that has lists. */
function changedCounts(tx: Transaction, grain: ListGrain, timeZone: ReportingZone, now: Date): Fragment {
  if (grain === 'total') {
    return tx`
      select t.video_id, '-infinity'::timestamptz as period, t.views - t.bot_views as people
      from (select distinct video_id from video_slots) s join video_totals t using (video_id)`;
  }
  const bucket = bucketOf(tx, grain, timeZone, tx`slot`);
  return tx`
    select t.video_id, ${periodOf(tx, grain, tx`s.bucket`)} as period, t.views - t.bot_views as people
    from (select distinct video_id, ${bucket} as bucket from video_slots) s
      join ${tx(`video_${grain}s`)} t on t.video_id = s.video_id and t.${tx(grain)} = s.bucket
    where s.bucket >= ${firstBucket(tx, grain, timeZone, now)}`;
}

/**
 * A video belongs to a list that is not full, or not behind its last: compared by the whole order, since `people > last` would be wrong
 * where several have as many. Whoever is in the list has grown, so is not behind its last either.
 */
async function addChanged(tx: Transaction, grain: ListGrain, counts: Fragment, length: number): Promise<void> {
  await tx`
    with changed as materialized (
      select o.channel_id, c.period, c.video_id, c.people
      from (${counts}) c join videos v on v.id = c.video_id and v.removed_at is null
        cross join lateral (values (v.channel_id), (0)) o(channel_id)
      where c.people > 0
    ), lists as materialized (
      select l.channel_id, l.period, count(t.video_id) as videos, min(array[t.people, -t.video_id]) as last
      from (select distinct channel_id, period from changed) l
        left join top_videos t on t.channel_id = l.channel_id and t.grain = ${grain} and t.period = l.period
      group by 1, 2
    ), written as (
      insert into top_videos as t (channel_id, grain, period, video_id, people)
      select c.channel_id, ${grain}, c.period, c.video_id, c.people
      from changed c join lists l using (channel_id, period)
      where l.videos < ${length}::int or array[c.people, -c.video_id] >= l.last
      order by 1, 2, 3, 4
      on conflict (channel_id, grain, period, video_id) do update set people = excluded.people
      returning t.channel_id, t.period, xmax = 0 as is_new
    )
    insert into grown_lists
    select distinct channel_id, ${grain}, period from written where is_new`;
}

async function trim(tx: Transaction, length: number): Promise<void> {
  await tx`
    with placed as (
      select t.channel_id, t.grain, t.period, t.video_id,
        row_number() over (partition by t.channel_id, t.grain, t.period order by t.people desc, t.video_id) as place
      from (select distinct * from grown_lists) g join top_videos t using (channel_id, grain, period)
    )
    delete from top_videos t using placed p
    where p.place > ${length}::int and t.channel_id = p.channel_id and t.grain = p.grain and t.period = p.period and t.video_id = p.video_id`;
}
