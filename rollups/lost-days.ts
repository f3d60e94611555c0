// Days whose log is gone, and rows of them that are gone too: what can be put back from other aggregates, and what cannot.

import { allChannelsId, deletedVideosId } from '#channels/reserved-channels.ts';
import type { Fragment, Sql, Transaction } from '#db/client.ts';
import type { ReportingZone } from '#db/reporting-zone.ts';
import { addCounts } from './add-counts.ts';
import type { Probe } from './close-day.ts';
import { countingVideos } from './counting-videos.ts';
import { clearDifferences, missingFrom } from './day-comparison.ts';
import { bucketOf } from './grains.ts';
import { hoursAreKept } from './kept-hours.ts';
import type { Subject } from './slot-counts.ts';
import { hasWholeLog, zoned } from './whole-log.ts';

/**
 * Puts back the rows of a month's days without a log that are missing altogether: a video's from its hours, a channel's from its
 * videos. Differences are added, as everywhere. Returns how many rows. To be called with the close lock held.
 */
export async function restoreLostRows(
  sql: Sql,
  month: string,
  timeZone: ReportingZone,
  probe: Probe = () => {},
): Promise<number> {
  let rows = 0;
  for (const subject of ['video', 'channel'] as const) {
    await sql.begin('isolation level repeatable read', async (tx) => {
      await clearDifferences(tx);
      probe();
      const source = subject === 'video' ? hoursOfLostDays(tx, month, timeZone) : videosOfLostDays(tx, month, timeZone);
      await tx`
        insert into day_differences
        select ${subject}, 'day', owner, day::text, 0, 0, views, bot_views from (${source}) derived
        where not exists (
          select from ${tx(`${subject}_days`)} t where t.day = derived.day and t.${tx(`${subject}_id`)} = derived.owner)`;
    });
    probe();
    rows += await sql.begin((tx) => addCounts(tx, subject, 'day', missingFrom(tx, subject, 'day')));
    probe();
  }
  return rows;
}

/**
 * The days without a log, of a month or of all time, whose rows add up to less than the ledger closed them with: some are lost, and
 * nothing tells which. Of a day that was never closed nothing is known.
 */
export async function damagedDays(
  tx: Transaction,
  subject: Subject,
  month: string | undefined,
  timeZone: ReportingZone,
): Promise<string[]> {
  // Channel 0 is the sum of the others, without what was deleted: each has to be what was closed.
  const sumsOf = {
    video: tx`sum(t.views) filter (where not exists (
      select from videos k where k.id = t.video_id and k.removed_at is not null and k.merged_into is not null)) as own`,
    channel: tx`least(sum(t.views) filter (where t.channel_id <> ${allChannelsId}::bigint),
      sum(t.views) filter (where t.channel_id in (${allChannelsId}::bigint, ${deletedVideosId}::bigint))) as own`,
  }[subject];
  // There is no index by day: read once, and only if there is a day to read it for.
  const rows = await tx<{ day: string }[]>`
    with latest as (
      select distinct on (day) day, log_views from day_closings where former_zone is null order by day, id desc
    ), gone as (
      select l.day, l.log_views from latest l
      where ${isInMonth(tx, tx`l.day`, month)} and not ${hasWholeLog(tx, ...zoned(tx, tx`l.day`, timeZone, '1 day'))}
    ), sums as (
      select t.day, ${sumsOf} from ${tx(`${subject}_days`)} t
      where ${isInMonth(tx, tx`t.day`, month)} and exists (select from gone) group by 1
    )
    select day::text as day from gone left join sums using (day) where log_views > coalesce(own, 0) order by gone.day`;
  return rows.map(({ day }) => day);
}

function hoursOfLostDays(tx: Transaction, month: string, timeZone: ReportingZone): Fragment {
  return tx`
    select h.video_id as owner, lost.day, sum(h.views) as views, sum(h.bot_views) as bot_views
    from (${lostDays(tx, month, timeZone)} and ${hoursAreKept(tx, ...zoned(tx, tx`lost.day`, timeZone, '1 day'))}) lost
      join video_hours h on ${bucketOf(tx, 'day', timeZone, tx`h.hour`)} = lost.day
        and h.hour >= ${month}::text::date - interval '2 days' and h.hour < ${month}::text::date + interval '1 month 2 days'
    group by 1, 2`;
}

function videosOfLostDays(tx: Transaction, month: string, timeZone: ReportingZone): Fragment {
  const counted = tx`
    select c.counting_id as channel_id, lost.day, sum(t.views) as views, sum(t.bot_views) as bot_views
    from (${lostDays(tx, month, timeZone)}) lost join video_days t on t.day = lost.day
      join ${countingVideos(tx)} on c.id = t.video_id
    group by 1, 2`;
  return tx`
    select channel_id as owner, day, views, bot_views from (${counted}) one
    union all
    select 0, day, sum(views), sum(bot_views) from (${counted}) every
    where channel_id <> ${deletedVideosId}::bigint group by day`;
}

function lostDays(tx: Transaction, month: string, timeZone: ReportingZone): Fragment {
  return tx`
    select lost.day from (
      select generate_series(${month}::text::date, ${month}::text::date + interval '1 month - 1 day', '1 day')::date as day
    ) lost
    where not ${hasWholeLog(tx, ...zoned(tx, tx`lost.day`, timeZone, '1 day'))}`;
}

function isInMonth(tx: Transaction, day: Fragment, month: string | undefined): Fragment {
  return month === undefined
    ? tx`true`
    : tx`${day} >= ${month}::text::date and ${day} < ${month}::text::date + interval '1 month'`;
}
