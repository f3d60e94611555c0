// Makes the lists and the sliding hour anew from the counts: after whatever lowers a count, or changes whose it is.
import type { Transaction } from '#db/client.ts';
import type { ReportingZone } from '#db/reporting-zone.ts';
import { rebuildSlidingHour } from './sliding-hour.ts';
import { firstBucket, type ListGrain, listGrains, listLength, periodOf } from './windows.ts';

/** To be called while the cursors are locked; `now` is the time of the latest tick or later. Reads the current months of all videos. */
export async function rebuildTopLists(tx: Transaction, now: Date, timeZone: ReportingZone): Promise<void> {
  await tx`delete from top_videos`;
  for (const grain of listGrains) await rebuildLists(tx, grain, now, timeZone);
  await rebuildSlidingHour(tx, now);
}

async function rebuildLists(tx: Transaction, grain: ListGrain, now: Date, timeZone: ReportingZone): Promise<void> {
  const isListed = grain === 'total' ? tx`true` : tx`t.${tx(grain)} >= ${firstBucket(tx, grain, timeZone, now)}`;
  await tx`
    with counted as (
      select o.channel_id, ${periodOf(tx, grain, grain === 'total' ? tx`` : tx`t.${tx(grain)}`)} as period, t.video_id,
        t.views - t.bot_views as people
      from ${tx(`video_${grain}s`)} t join videos v on v.id = t.video_id and v.removed_at is null
        cross join lateral (values (v.channel_id), (0)) o(channel_id)
      where ${isListed} and t.views > t.bot_views
    ), placed as (
      select *, row_number() over (partition by channel_id, period order by people desc, video_id) as place from counted
    )
    insert into top_videos (channel_id, grain, period, video_id, people)
    select channel_id, ${grain}, period, video_id, people from placed where place <= ${listLength}::int
    order by 1, 2, 3, 4`;
}

/** Forgets the lists of what lies before the window before the current one. */
export async function forgetOldLists(tx: Transaction, now: Date, timeZone: ReportingZone): Promise<void> {
  for (const grain of listGrains) {
    if (grain === 'total') continue;
    const first = periodOf(tx, grain, firstBucket(tx, grain, timeZone, now));
    await tx`delete from top_videos where grain = ${grain} and period < ${first}`;
  }
}
