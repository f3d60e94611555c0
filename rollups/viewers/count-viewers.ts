// How often which viewer saw what on which day, of the staged views: what the rows of viewers change by. People only: a bot is no
// viewer.
import type { Transaction } from '#db/client.ts';
import type { ReportingZone } from '#db/reporting-zone.ts';
import { countingVideos } from '../counting-videos.ts';
import { bucketOf } from '../grains.ts';
import type { Subject } from '../slot-counts.ts';
import { viewersAreKept } from './kept-viewers.ts';

/** Makes the session's tables video_viewer_deltas and channel_viewer_deltas; their rows go at each commit. */
export async function makeViewerDeltas(tx: Transaction): Promise<void> {
  for (const subject of ['video', 'channel'] as const) {
    await tx`
      create temp table if not exists ${tx(deltasOf(subject))} (owner bigint, viewer uuid, day date, views int) on commit delete rows`;
  }
}

export function deltasOf(subject: Subject): string {
  return `${subject}_viewer_deltas`;
}

/** A view of a video that was merged counts by that video, and by the one it was merged into. */
export async function countViewersByVideo(tx: Transaction, timeZone: ReportingZone): Promise<void> {
  const day = bucketOf(tx, 'day', timeZone, tx`v.viewed_at`);
  await tx`
    insert into video_viewer_deltas
    select v.video_id, v.viewer, ${day} as day, sum(v.times)
    from staged_views v
    where not v.is_bot and ${viewersAreKept(tx, day)}
    group by 1, 2, 3
    having sum(v.times) <> 0`;
  await addMergedVideos(tx);
}

/** The same for the videos that they were merged into. To be called once, before the channels are summed. */
export async function addMergedVideos(tx: Transaction): Promise<void> {
  await tx`
    insert into video_viewer_deltas
    select k.merged_into, d.viewer, d.day, d.views
    from video_viewer_deltas d join videos k on k.id = d.owner
    where k.removed_at is not null and k.merged_into is not null`;
}

/** Sums them by channel, as slot-counts.ts sums the counts. */
export async function countViewersByChannel(tx: Transaction): Promise<void> {
  await tx`
    insert into channel_viewer_deltas
    select unnest(case when c.counting_id < 0 then array[c.counting_id] else array[c.counting_id, 0] end), d.viewer, d.day, d.views
    from video_viewer_deltas d join ${countingVideos(tx)} on c.id = d.owner`;
}
