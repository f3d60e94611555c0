// What a change of zone moves: views that are counted under one day (or hour) and belong to another. Two tables that live as long as
// the session; moves only add up, so that collecting them in pieces is the same as at once.
import { deletedVideosId } from '#channels/reserved-channels.ts';
import type { Fragment, Sql, Transaction } from '#db/client.ts';
import type { ReportingZone } from '#db/reporting-zone.ts';
import { addCounts } from './add-counts.ts';
import { type BatchRange, type LaneRange, viewsInRange } from './batch-range.ts';
import { valuesOfView } from './breakdowns/count-breakdowns.ts';
import { countingVideos } from './counting-videos.ts';
import { bucketOf, type Grain } from './grains.ts';
import { hourIsKept } from './kept-hours.ts';
import type { Subject } from './slot-counts.ts';

export type Change = {
  from: ReportingZone;
  to: ReportingZone;
  /** Views before it stay where they are; null: none do. */
  cutAt: string | null;
};

export async function makeMoveTables(sql: Sql): Promise<void> {
  await sql`drop table if exists day_moves, hour_moves, viewer_moves, breakdown_moves`;
  await sql`create temp table day_moves (video_id bigint, old date, new date, views bigint, bot_views bigint)`;
  await sql`create temp table hour_moves (video_id bigint, old timestamptz, new timestamptz, views bigint, bot_views bigint)`;
  await sql`create temp table viewer_moves (video_id bigint, viewer uuid, own_viewer uuid, old date, new date, views bigint)`;
  await sql`
    create temp table breakdown_moves (video_id bigint, dimension smallint, value text, old date, new date, views bigint, bot_views bigint)`;
}

/** Collects the moves of one UTC day's log, up to the batches in `lanes`; returns how many views it has. */
export async function collectFromLog(sql: Sql, day: string, lanes: LaneRange[], change: Change): Promise<number> {
  const views = sql`
    select v.video_id, v.viewed_at as at, 1 as views, v.is_bot::int as bot_views, ${labelsOfView(sql)}
    from counted_views v join unnest(${lanes.map((r) => r.lane)}::int[], ${lanes.map((r) => r.upTo)}::bigint[]) r(lane, up_to)
      on v.lane = r.lane and v.batch <= r.up_to
    where v.viewed_at >= ${day}::text::timestamptz and v.viewed_at < ${day}::text::timestamptz + interval '1 day'`;
  return collect(sql, views, change, mergedAsWell(sql));
}

/** The same of the batches of a range. */
export async function collectFromBatches(tx: Sql | Transaction, range: BatchRange, change: Change): Promise<number> {
  const views = tx`
    select v.video_id, v.viewed_at as at, 1 as views, v.is_bot::int as bot_views, ${labelsOfView(tx)}
    from ${viewsInRange(tx, range)}`;
  return collect(tx, views, change, mergedAsWell(tx));
}

/** The same of the hours of a UTC day whose log is gone. */
export async function collectFromHours(sql: Sql, day: string, change: Change): Promise<number> {
  const views = sql`
    select video_id, hour as at, views, bot_views, null::uuid as viewer, null::uuid as own_viewer, null as country,
      null::smallint as device, null::smallint as browser, null::smallint as os, null as site, null as referrer
    from video_hours
    where hour >= ${day}::text::timestamptz and hour < ${day}::text::timestamptz + interval '1 day'`;
  // Whose rows hold what was merged into them already.
  return collect(sql, views, change, sql`select video_id, at, views, bot_views from viewed`);
}

/** Adds what was moved where it belongs, and takes it away where it was; a row of which all was moved goes. */
export async function applyMoves(tx: Transaction, subject: Subject, grain: Grain): Promise<void> {
  if (grain === 'minute' || grain === 'total') return;
  await tx`drop table if exists moved`;
  await tx`create temp table moved on commit drop as ${sumsOfMoves(tx, subject, grain)}`;
  await tx`analyze moved`;
  await tx`
    with gone as (
      delete from ${tx(`${subject}_${grain}s`)} t using moved m
      where t.${tx(`${subject}_id`)} = m.owner and t.${tx(grain)} = m.bucket and t.views = -m.views and t.bot_views = -m.bot_views
      returning m.owner, m.bucket
    )
    delete from moved m using gone g where g.owner = m.owner and g.bucket = m.bucket`;
  await addCounts(tx, subject, grain, tx`select owner, bucket, views, bot_views from moved`);
}

function labelsOfView(sql: Sql | Transaction): Fragment {
  return sql`v.viewer, v.own_viewer, v.country, v.device, v.browser, v.os, v.site, v.referrer`;
}

/** A view of a video that was merged counts by that video, and by the one it was merged into. */
function mergedAsWell(sql: Sql | Transaction): Fragment {
  return sql`
    select video_id, at, views, bot_views from viewed
    union all
    select k.merged_into, v.at, v.views, v.bot_views from viewed v join videos k on k.id = v.video_id
    where k.removed_at is not null and k.merged_into is not null`;
}

/** `counted` is a query of `viewed` for the videos that these views count by. */
async function collect(sql: Sql | Transaction, views: Fragment, change: Change, counted: Fragment): Promise<number> {
  const { from, to, cutAt } = change;
  const buckets = (grain: 'hour' | 'day') => sql`
    ${bucketOf(sql, grain, from, sql`at`)} as old, ${bucketOf(sql, grain, to, sql`at`)} as new`;
  const [collected] = await sql<[{ views: number }]>`
    with viewed as (
      select * from (${views}) v where at >= ${cutAt ?? '-infinity'}::text::timestamptz
    ), counted as (
      ${counted}
    ), by_day as (
      insert into day_moves
      select video_id, old, new, sum(views), sum(bot_views) from (select *, ${buckets('day')} from counted) cut
      where old <> new group by 1, 2, 3
    ), by_hour as (
      insert into hour_moves
      select video_id, old, new, sum(views), sum(bot_views) from (select *, ${buckets('hour')} from counted) cut
      where old <> new group by 1, 2, 3
    ), by_viewer as (
      -- Of the video itself. Of days whose log is gone nobody knows which of their viewers came in which hour.
      insert into viewer_moves
      select video_id, viewer, own_viewer, old, new, sum(views - bot_views) from (select *, ${buckets('day')} from viewed) cut
      where old <> new and viewer is not null group by 1, 2, 3, 4, 5 having sum(views - bot_views) > 0
    ), by_value as (
      insert into breakdown_moves
      select v.video_id, d.dimension, d.value, old, new, sum(views), sum(bot_views)
      from (select *, ${buckets('day')} from viewed) v ${valuesOfView(sql)}
      where old <> new and viewer is not null group by 1, 2, 3, 4, 5
    )
    select coalesce(sum(views), 0)::float8 as views from viewed`;
  return collected.views;
}

/** (owner, bucket, views, bot_views), negative where they are taken away. */
function sumsOfMoves(tx: Transaction, subject: Subject, grain: 'hour' | 'day' | 'month'): Fragment {
  const isKept = grain === 'hour' ? hourIsKept(tx, tx`bucket`) : tx`true`;
  const byVideo = tx`
    select video_id, bucket, sum(views) as views, sum(bot_views) as bot_views from (
      select video_id, ${oldBucket(tx, grain)} as bucket, -views as views, -bot_views as bot_views from ${movesOf(tx, grain)} m
      union all
      select video_id, ${newBucket(tx, grain)}, views, bot_views from ${movesOf(tx, grain)} m
    ) moved where ${isKept} group by 1, 2`;
  if (subject === 'video')
    return tx`select video_id as owner, bucket, views, bot_views from (${byVideo}) v where views <> 0 or bot_views <> 0`;
  return tx`
    select owner, bucket, sum(views) as views, sum(bot_views) as bot_views from (
      select unnest(case when c.counting_id = ${deletedVideosId}::bigint then array[c.counting_id] else array[c.counting_id, 0] end) as owner,
        bucket, v.views, v.bot_views
      from (${byVideo}) v join ${countingVideos(tx)} on c.id = v.video_id
    ) owned group by 1, 2 having sum(views) <> 0 or sum(bot_views) <> 0`;
}

function movesOf(tx: Transaction, grain: 'hour' | 'day' | 'month'): Fragment {
  return grain === 'hour' ? tx`hour_moves` : tx`day_moves`;
}

function oldBucket(tx: Transaction, grain: 'hour' | 'day' | 'month'): Fragment {
  return grain === 'month' ? tx`date_trunc('month', m.old)::date` : tx`m.old`;
}

function newBucket(tx: Transaction, grain: 'hour' | 'day' | 'month'): Fragment {
  return grain === 'month' ? tx`date_trunc('month', m.new)::date` : tx`m.new`;
}
