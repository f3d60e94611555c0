// Reads the new views, writes channel_minutes, channel_hours, channel_days, channel_months and channel_totals.
// A view belongs to the channel its video has; channel 0 is all channels together. Views are counted by video before videos
// are joined: joined view by view, 400,000 of them took 155 s where the planner had no statistics yet.
import type { Transaction } from '#db/client.ts';
import { type BatchRange, viewsInRange } from './batch-range.ts';
import { bucketOf, type Grain, minutesKeptFrom } from './grains.ts';

/** Adds the views of a range to one grain of the channels' counts. */
export async function addChannelCounts(
  tx: Transaction,
  range: BatchRange,
  grain: Grain,
  now: Date,
  timeZone: string,
): Promise<void> {
  if (grain === 'total') return addChannelTotals(tx, range);
  const table = tx(`channel_${grain}s`);
  const column = tx(grain);
  await tx`
    with by_video as materialized (
      select v.video_id, ${bucketOf(tx, grain, timeZone)} as bucket, count(*) as views, count(v.bot) as bot_views
      from ${viewsInRange(tx, range)}
      ${grain === 'minute' ? tx`where v.viewed_at >= ${minutesKeptFrom(now)}::text::timestamptz` : tx``}
      group by 1, 2
    ), fresh as (
      select c.channel_id, bucket, sum(b.views) as views, sum(b.bot_views) as bot_views
      from by_video b join videos c on c.id = b.video_id
      group by 1, 2
    )
    insert into ${table} as t (channel_id, ${column}, views, bot_views)
    select channel_id, bucket, views, bot_views from fresh
    union all
    select 0, bucket, sum(views), sum(bot_views) from fresh group by bucket
    order by 1, 2
    on conflict (channel_id, ${column}) do update
    set views = t.views + excluded.views, bot_views = t.bot_views + excluded.bot_views`;
}

async function addChannelTotals(tx: Transaction, range: BatchRange): Promise<void> {
  await tx`
    with by_video as materialized (
      select v.video_id, count(*) as views, count(v.bot) as bot_views
      from ${viewsInRange(tx, range)}
      group by 1
    ), fresh as (
      select c.channel_id, sum(b.views) as views, sum(b.bot_views) as bot_views
      from by_video b join videos c on c.id = b.video_id
      group by 1
    )
    insert into channel_totals as t (channel_id, views, bot_views)
    select channel_id, views, bot_views from fresh
    union all
    select 0, sum(views), sum(bot_views) from fresh having count(*) > 0
    order by 1
    on conflict (channel_id) do update
    set views = t.views + excluded.views, bot_views = t.bot_views + excluded.bot_views`;
}
