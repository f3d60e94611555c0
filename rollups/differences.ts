// Compares the log with every aggregate, as far as the rollup has read it, in one snapshot. Nothing is written.

import { deletedVideosId } from '#channels/reserved-channels.ts';
import type { Fragment, Sql, Transaction } from '#db/client.ts';
import type { ReportingZone } from '#db/reporting-zone.ts';
import { breakdownDifferences } from './breakdowns/breakdown-differences.ts';
import { countingVideos } from './counting-videos.ts';
import type { Difference } from './difference.ts';
import { bucketOf, type Grain, grains, minutesKeptFrom } from './grains.ts';
import { holdPartitions } from './hold-partitions.ts';
import { hourIsKept, hoursAreKept } from './kept-hours.ts';
import { listDifferences } from './top/list-differences.ts';
import { viewerDifferences } from './viewers/viewer-differences.ts';
import { hasWholeLog, zoned } from './whole-log.ts';

type Subject = 'video' | 'channel';
type Scope = { tx: Transaction; timeZone: ReportingZone; minutesFrom: string };

const maxDifferences = 100;

/**
 * Lists where aggregates differ from a recount of the log up to the cursors, at most a hundred per comparison; empty is
 * a proof. Days whose log was archived are proved by the sums over the grains only.
 */
export async function findDifferences(sql: Sql, now: Date, timeZone: ReportingZone): Promise<Difference[]> {
  return sql.begin('isolation level repeatable read read only', async (tx) => {
    await holdPartitions(tx);
    return differencesIn(tx, now, timeZone);
  });
}

/** The same inside a transaction, which should be repeatable read: one snapshot for the log and the aggregates. */
export async function differencesIn(tx: Transaction, now: Date, timeZone: ReportingZone): Promise<Difference[]> {
  const latest = await latestTick(tx, now);
  const scope = { tx, timeZone, minutesFrom: minutesKeptFrom(latest) };
  const found: Difference[][] = [await cursorsPastTheirHead(tx)];
  for (const grain of grains) {
    found.push(await compare(scope, 'video', grain, 'log', recount(scope, 'video', grain)));
    found.push(await compare(scope, 'channel', grain, 'log', recount(scope, 'channel', grain)));
    found.push(await compare(scope, 'channel', grain, 'its videos', sumOfVideos(scope, grain)));
  }
  for (const subject of ['video', 'channel'] as const) {
    for (const grain of ['hour', 'day', 'month', 'total'] as const) {
      found.push(await compare(scope, subject, grain, 'finer grain', sumOfFiner(scope, subject, grain)));
    }
  }
  found.push(await breakdownDifferences(tx, timeZone));
  found.push(await viewerDifferences(tx, timeZone));
  found.push(await listDifferences(tx, latest, timeZone));
  return found.flat();
}

/** A tick whose clock was ahead may have left out minutes that our clock still keeps. */
async function latestTick(tx: Transaction, now: Date): Promise<Date> {
  const [latest] = await tx<[{ at: string }]>`
    select greatest(${now.toISOString()}::text::timestamptz, max(complete_to))::text as at from rollup_cursors`;
  return new Date(latest.at);
}

async function cursorsPastTheirHead(tx: Transaction): Promise<Difference[]> {
  return tx<Difference[]>`
    select 'rollup_cursors' as table, 'ingest_lanes' as against, c.lane::int as owner, '' as bucket,
      c.batch::float8 as views, coalesce(h.batch, 0)::float8 as "expectedViews", 0 as "botViews", 0 as "expectedBotViews"
    from rollup_cursors c left join ingest_lanes h using (lane)
    where c.batch > coalesce(h.batch, 0)`;
}

/** What the log says: (owner, bucket, views, bot_views). */
function recount({ tx, timeZone }: Scope, subject: Subject, grain: Grain): Fragment {
  const bucket = grain === 'total' ? tx`'-infinity'::date` : bucketOf(tx, grain, timeZone, tx`v.viewed_at`);
  const owners = {
    // By its own video, and by the one that was merged into.
    video: tx`videos k on k.id = v.video_id join lateral (values (k.id), (k.merged_into)) o(owner) on o.owner is not null`,
    channel: tx`videos k on k.id = v.video_id join ${countingVideos(tx)} on c.id = coalesce(k.merged_into, k.id)
      join lateral (values (c.counting_id)) o(owner) on true`,
  }[subject];
  const counted = tx`
    select o.owner, ${bucket} as bucket, count(*) as views, count(*) filter (where v.is_bot) as bot_views
    from counted_views v join rollup_cursors r on r.lane = v.lane and v.batch <= r.batch join ${owners}
    group by 1, 2`;
  return subject === 'video' ? counted : withAllChannels(tx, counted);
}

/** What the videos' rows of the same grain say about their channels. */
function sumOfVideos({ tx }: Scope, grain: Grain): Fragment {
  const summed = tx`
    select c.counting_id as owner, ${bucketColumn(tx, grain)} as bucket, sum(t.views) as views, sum(t.bot_views) as bot_views
    from ${tx(`video_${grain}s`)} t join ${countingVideos(tx)} on c.id = t.video_id
    group by 1, 2`;
  return withAllChannels(tx, summed);
}

function withAllChannels(tx: Transaction, counts: Fragment): Fragment {
  return tx`
    select owner, bucket, views, bot_views from (${counts}) one
    union all
    select 0, bucket, sum(views), sum(bot_views) from (${counts}) every
    where owner <> ${deletedVideosId}::bigint group by bucket`;
}

/** What the next finer grain says: hours are sums of minutes, and so on. */
function sumOfFiner({ tx, timeZone }: Scope, subject: Subject, grain: Exclude<Grain, 'minute'>): Fragment {
  const { finer, bucket } = {
    hour: { finer: 'minute', bucket: bucketOf(tx, 'hour', timeZone, tx`minute`) },
    day: { finer: 'hour', bucket: bucketOf(tx, 'day', timeZone, tx`hour`) },
    month: { finer: 'day', bucket: tx`date_trunc('month', day)::date` },
    total: { finer: 'month', bucket: tx`'-infinity'::date` },
  }[grain];
  return tx`
    select ${tx(`${subject}_id`)} as owner, ${bucket} as bucket, sum(views) as views, sum(bot_views) as bot_views
    from ${tx(`${subject}_${finer}s`)}
    group by 1, 2`;
}

async function compare(
  scope: Scope,
  subject: Subject,
  grain: Grain,
  against: string,
  expected: Fragment,
): Promise<Difference[]> {
  const { tx } = scope;
  const table = `${subject}_${grain}s`;
  return tx<Difference[]>`
    with expected as (${expected}), stored as (
      select ${tx(`${subject}_id`)} as owner, ${bucketColumn(tx, grain)} as bucket, views, bot_views from ${tx(table)} t
    ), compared as (
      select owner, bucket, coalesce(s.views, 0) as views, coalesce(e.views, 0) as expected_views,
        coalesce(s.bot_views, 0) as bot_views, coalesce(e.bot_views, 0) as expected_bot_views
      from expected e full join stored s using (owner, bucket)
    )
    select ${table} as table, ${against} as against, owner::float8 as owner, bucket::text as bucket,
      views::float8 as views, expected_views::float8 as "expectedViews",
      bot_views::float8 as "botViews", expected_bot_views::float8 as "expectedBotViews"
    from compared
    where ((views, bot_views) <> (expected_views, expected_bot_views) or bot_views < 0 or views < bot_views)
      and ${isKept(scope, grain, against)}
      and ${against === 'log' ? hasItsLog(scope, grain) : tx`true`}
    order by owner, bucket
    limit ${maxDifferences}`;
}

function bucketColumn(tx: Transaction, grain: Grain): Fragment {
  return grain === 'total' ? tx`'-infinity'::date` : tx`t.${tx(grain)}`;
}

/** Whether the log that `bucket` was counted from is all there. */
function hasItsLog({ tx, timeZone }: Scope, grain: Grain): Fragment {
  const [from, to] = {
    minute: [tx`bucket`, tx`bucket + interval '1 minute'`] as const,
    hour: [tx`bucket`, tx`bucket + interval '1 hour'`] as const,
    day: zoned(tx, tx`bucket`, timeZone, '1 day'),
    month: zoned(tx, tx`bucket`, timeZone, '1 month'),
    total: [tx`'-infinity'::timestamptz`, tx`'infinity'::timestamptz`] as const,
  }[grain];
  return hasWholeLog(tx, from, to);
}

/** Whether `bucket` and what it is held against are within what is kept: minutes by the clock, hours unless they were dropped. */
function isKept({ tx, timeZone, minutesFrom }: Scope, grain: Grain, against: string): Fragment {
  const isRecent = tx`bucket >= ${minutesFrom}::timestamptz`;
  if (grain === 'minute') return isRecent;
  if (grain === 'hour') return against === 'finer grain' ? isRecent : hourIsKept(tx, tx`bucket`);
  if (grain === 'day' && against === 'finer grain')
    return hoursAreKept(tx, ...zoned(tx, tx`bucket`, timeZone, '1 day'));
  return tx`true`;
}
