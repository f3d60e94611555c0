// Views counted by half-minute, in two tables that live as long as the transaction. The tick counts new views into them and
// adds every grain from there; the close counts a day's log into them and compares every grain with it.

import { deletedVideosId } from '#channels/reserved-channels.ts';
import type { Fragment, Transaction } from '#db/client.ts';
import type { ReportingZone } from '#db/reporting-zone.ts';
import { countingVideos } from './counting-videos.ts';
import { bucketOf, type Grain, grains } from './grains.ts';

export type Subject = 'video' | 'channel';
const subjects: readonly Subject[] = ['video', 'channel'];
/**
 * Every aggregate, in the one order in which whoever writes several of them does: the tick and a repair that went in two orders
 * would deadlock. Finer grains come first, since the sums above are held against them.
 */
export const aggregates: readonly { subject: Subject; grain: Grain }[] = grains.flatMap((grain) =>
  subjects.map((subject) => ({ subject, grain })),
);

/** Makes the tables for this session; their rows go at each commit. */
export async function makeSlotTables(tx: Transaction): Promise<void> {
  await tx`
    create temp table if not exists video_slots
      (video_id bigint, slot timestamptz, views int, bot_views int) on commit delete rows`;
  await tx`
    create temp table if not exists channel_slots
      (channel_id bigint, slot timestamptz, views int, bot_views int) on commit delete rows`;
}

/**
 * Counts `views` (what comes after `from`, staged views as v) by video and slot. A slot is half a minute: since 1970 the offset of
 * every zone is a multiple of it (Monrovia's was 44:30 until 1972), so a slot lies in one hour and one day whatever the zone.
 * A view of a video that was merged counts by that video as before, and by the one it was merged into.
 */
export async function countByVideo(tx: Transaction, views: Fragment): Promise<void> {
  await tx`
    insert into video_slots
    select v.video_id, date_bin('30 seconds', v.viewed_at, '1970-01-01Z') as slot, sum(v.times), coalesce(sum(v.times) filter (where v.is_bot), 0)
    from ${views}
    group by 1, 2
    having sum(v.times) <> 0 or sum(v.times) filter (where v.is_bot) <> 0`;
  await tx`
    insert into video_slots
    select c.merged_into, s.slot, s.views, s.bot_views
    from video_slots s join videos c on c.id = s.video_id
    where c.removed_at is not null and c.merged_into is not null`;
}

/**
 * Sums them by channel. A view belongs to the channel that its video has, or the one it was merged into; channel 0 is all channels
 * together, without what was recorded for videos that were deleted.
 */
export async function countByChannel(tx: Transaction): Promise<void> {
  await tx`
    with counted as (
      select c.counting_id as channel_id, slot, sum(s.views) as views, sum(s.bot_views) as bot_views
      from video_slots s join ${countingVideos(tx)} on c.id = s.video_id
      group by 1, 2
    )
    insert into channel_slots
    select channel_id, slot, views, bot_views from counted
    union all
    select 0, slot, sum(views), sum(bot_views) from counted where channel_id <> ${deletedVideosId}::bigint group by slot`;
}

/** The counts of one grain as a query: (owner, bucket, views, bot_views), or without a bucket for totals. */
export function countsOf(
  tx: Transaction,
  subject: Subject,
  grain: Grain,
  timeZone: ReportingZone,
  condition: Fragment,
): Fragment {
  const bucket = grain === 'total' ? tx`` : tx`${bucketOf(tx, grain, timeZone, tx`slot`)} as bucket,`;
  return tx`
    select ${tx(`${subject}_id`)} as owner, ${bucket} sum(views) as views, sum(bot_views) as bot_views
    from ${tx(`${subject}_slots`)}
    where ${condition}
    group by ${grain === 'total' ? tx`1` : tx`1, 2`}`;
}
