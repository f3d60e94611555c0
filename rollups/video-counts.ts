// Reads the new views, writes video_minutes, video_hours, video_days, video_months and video_totals.
import type { Transaction } from '#db/client.ts';
import { type BatchRange, viewsInRange } from './batch-range.ts';
import { bucketOf, type Grain, minutesKeptFrom } from './grains.ts';

/** Adds the views of a range to one grain of the videos' counts. */
export async function addVideoCounts(
  tx: Transaction,
  range: BatchRange,
  grain: Grain,
  now: Date,
  timeZone: string,
): Promise<void> {
  if (grain === 'total') return addVideoTotals(tx, range);
  const table = tx(`video_${grain}s`);
  const column = tx(grain);
  await tx`
    insert into ${table} as t (video_id, ${column}, views, bot_views)
    select v.video_id, ${bucketOf(tx, grain, timeZone)} as bucket, count(*), count(v.bot)
    from ${viewsInRange(tx, range)}
    ${grain === 'minute' ? tx`where v.viewed_at >= ${minutesKeptFrom(now)}::text::timestamptz` : tx``}
    group by 1, 2
    order by 1, 2
    on conflict (video_id, ${column}) do update
    set views = t.views + excluded.views, bot_views = t.bot_views + excluded.bot_views`;
}

async function addVideoTotals(tx: Transaction, range: BatchRange): Promise<void> {
  await tx`
    insert into video_totals as t (video_id, views, bot_views)
    select v.video_id, count(*), count(v.bot)
    from ${viewsInRange(tx, range)}
    group by 1
    order by 1
    on conflict (video_id) do update
    set views = t.views + excluded.views, bot_views = t.bot_views + excluded.bot_views`;
}
