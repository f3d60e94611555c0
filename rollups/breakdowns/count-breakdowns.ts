// Views by country, device, browser and so on, of the staged views: what the rows of breakdowns change by.
import { unknownValue } from '#db/breakdown-values.ts';
import type { Fragment, Sql, Transaction } from '#db/client.ts';
import type { ReportingZone } from '#db/reporting-zone.ts';
import { countingVideos } from '../counting-videos.ts';
import { bucketOf } from '../grains.ts';
import type { Subject } from '../slot-counts.ts';
import { breakdownsAreKept } from './kept-breakdowns.ts';

/** Makes the session's tables video_breakdown_deltas and channel_breakdown_deltas; their rows go at each commit. */
export async function makeBreakdownDeltas(tx: Transaction): Promise<void> {
  for (const subject of ['video', 'channel'] as const) {
    await tx`
      create temp table if not exists ${tx(breakdownDeltasOf(subject))}
        (owner bigint, day date, dimension smallint, value text, views int, bot_views int) on commit delete rows`;
  }
}

export function breakdownDeltasOf(subject: Subject): string {
  return `${subject}_breakdown_deltas`;
}

/** A view of a video that was merged counts by that video, and by the one it was merged into. */
export async function breakDownByVideo(tx: Transaction, timeZone: ReportingZone): Promise<void> {
  const day = bucketOf(tx, 'day', timeZone, tx`v.viewed_at`);
  await tx`
    insert into video_breakdown_deltas
    select v.video_id, ${day}, d.dimension, d.value, sum(v.times),
      coalesce(sum(v.times) filter (where v.is_bot), 0)
    from staged_views v ${valuesOfView(tx)}
    where ${breakdownsAreKept(tx, day)}
    group by 1, 2, 3, 4
    having sum(v.times) <> 0 or sum(v.times) filter (where v.is_bot) <> 0`;
  await breakDownMergedVideos(tx);
}

/** The same for the videos that they were merged into. To be called once, before the channels are summed. */
export async function breakDownMergedVideos(tx: Transaction): Promise<void> {
  await tx`
    insert into video_breakdown_deltas
    select k.merged_into, d.day, d.dimension, d.value, d.views, d.bot_views
    from video_breakdown_deltas d join videos k on k.id = d.owner
    where k.removed_at is not null and k.merged_into is not null`;
}

/** Sums them by channel, as slot-counts.ts sums the counts. */
export async function breakDownByChannel(tx: Transaction): Promise<void> {
  await tx`
    insert into channel_breakdown_deltas
    select unnest(case when c.counting_id < 0 then array[c.counting_id] else array[c.counting_id, 0] end), d.day, d.dimension, d.value,
      sum(d.views), sum(d.bot_views)
    from video_breakdown_deltas d join ${countingVideos(tx)} on c.id = d.owner
    group by 1, 2, 3, 4`;
}

/** To be put behind a relation `v` of views: (d.dimension, d.value), six rows a view, in the order of the list of dimensions. */
export function valuesOfView(tx: Sql | Transaction): Fragment {
  const unknown = tx`${unknownValue}::text`;
  return tx`
    left join labels dl on dl.id = v.device left join labels bl on bl.id = v.browser left join labels ol on ol.id = v.os
    cross join lateral (values
      (0::smallint, coalesce(v.country, ${unknown})), (1::smallint, coalesce(dl.label, ${unknown})),
      (2::smallint, coalesce(bl.label, ${unknown})), (3::smallint, coalesce(ol.label, ${unknown})),
      (4::smallint, coalesce(v.site, ${unknown})), (5::smallint, coalesce(v.referrer, ${unknown}))) d(dimension, value)`;
}
