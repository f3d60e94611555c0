// Holds the rows of viewers against the log, the day before of each against the rows, and the cells against both. Nothing is written.
import type { Fragment, Transaction } from '#db/client.ts';
import type { ReportingZone } from '#db/reporting-zone.ts';
import { ownersOfView } from '../counting-videos.ts';
import type { Difference } from '../difference.ts';
import { bucketOf } from '../grains.ts';
import type { Subject } from '../slot-counts.ts';
import { hasWholeLog, zoned } from '../whole-log.ts';
import { viewersAreKept } from './kept-viewers.ts';

const maxDifferences = 100;

/** To be called in a transaction that should be repeatable read. At most a hundred per comparison. */
export async function viewerDifferences(tx: Transaction, timeZone: ReportingZone): Promise<Difference[]> {
  const found: Difference[][] = [];
  for (const subject of ['video', 'channel'] as const) {
    found.push(await rowsAgainstLog(tx, subject, timeZone));
    found.push(await rowsAgainstEachOther(tx, subject));
    found.push(await cellsAgainstRows(tx, subject));
  }
  found.push(await boundAgainstLog(tx, timeZone));
  return found.flat();
}

/** (owner, viewer, day, views) of the log's people, as far as it was rolled up and of the days whose log is all there. */
export function viewersOfLog(
  tx: Transaction,
  subject: Subject,
  timeZone: ReportingZone,
  condition: Fragment,
): Fragment {
  return tx`
    select o.owner, v.viewer, ${bucketOf(tx, 'day', timeZone, tx`v.viewed_at`)} as day, count(*) as views
    from counted_views v join rollup_cursors r on r.lane = v.lane and v.batch <= r.batch join ${ownersOfView(tx, subject)}
    where not v.is_bot and ${condition}
    group by 1, 2, 3`;
}

function rowsAgainstLog(tx: Transaction, subject: Subject, timeZone: ReportingZone): Promise<Difference[]> {
  const table = `${subject}_viewers`;
  return tx<Difference[]>`
    with expected as (${viewersOfLog(tx, subject, timeZone, tx`true`)}), stored as (
      select ${tx(`${subject}_id`)} as owner, viewer, day, views from ${tx(table)}
    ), compared as (
      select owner, viewer, day, coalesce(s.views, 0) as views, coalesce(e.views, 0) as expected_views
      from expected e full join stored s using (owner, viewer, day)
    )
    select ${table} as table, 'log' as against, owner::float8 as owner, day || ' ' || viewer as bucket, views::float8 as views,
      expected_views::float8 as "expectedViews", 0 as "botViews", 0 as "expectedBotViews"
    from compared
    where views <> expected_views and ${viewersAreKept(tx, tx`day`)} and ${hasWholeLog(tx, ...zoned(tx, tx`day`, timeZone, '1 day'))}
    order by compared.owner, day, viewer limit ${maxDifferences}`;
}

/** The day before is the row before; where there is none, it may be one that was dropped since. */
function rowsAgainstEachOther(tx: Transaction, subject: Subject): Promise<Difference[]> {
  const table = `${subject}_viewers`;
  return tx<Difference[]>`
    with chained as (
      select ${tx(`${subject}_id`)} as owner, viewer, day, previous_day,
        lag(day) over (partition by ${tx(`${subject}_id`)}, viewer order by day) as before
      from ${tx(table)}
    )
    select ${table} as table, 'the row before' as against, owner::float8 as owner, day || ' ' || viewer || ' after ' || previous_day as bucket,
      0 as views, 1 as "expectedViews", 0 as "botViews", 0 as "expectedBotViews"
    from chained
    where previous_day is distinct from coalesce(before, case when previous_day = '-infinity' or not ${viewersAreKept(tx, tx`previous_day`)}
      then previous_day end)
    order by chained.owner, day, viewer limit ${maxDifferences}`;
}

function cellsAgainstRows(tx: Transaction, subject: Subject): Promise<Difference[]> {
  const [table, owner] = [`${subject}_viewer_cells`, tx(`${subject}_id`)];
  return tx<Difference[]>`
    with expected as (
      select ${owner} as owner, day, previous_day, count(*) as viewers from ${tx(`${subject}_viewers`)} group by 1, 2, 3
    ), stored as (
      select ${owner} as owner, day, previous_day, viewers from ${tx(table)}
    )
    select ${table} as table, 'the rows of viewers' as against, owner::float8 as owner, day || ' after ' || previous_day as bucket,
      coalesce(s.viewers, 0)::float8 as views, coalesce(e.viewers, 0)::float8 as "expectedViews", 0 as "botViews", 0 as "expectedBotViews"
    from expected e full join stored s using (owner, day, previous_day)
    where s.viewers is distinct from e.viewers and ${viewersAreKept(tx, tx`day`)}
    order by 3, 4 limit ${maxDifferences}`;
}

/** What is noted of bound devices, and nothing of others. */
function boundAgainstLog(tx: Transaction, timeZone: ReportingZone): Promise<Difference[]> {
  const day = bucketOf(tx, 'day', timeZone, tx`v.viewed_at`);
  return tx<Difference[]>`
    with expected as (
      select v.own_viewer as device, v.video_id, ${day} as day, count(*) as views
      from counted_views v join rollup_cursors r on r.lane = v.lane and v.batch <= r.batch
      where not v.is_bot and v.own_viewer <> v.viewer group by 1, 2, 3
    ), compared as (
      select device, video_id, day, coalesce(b.views, 0) as views, coalesce(e.views, 0) as expected_views
      from expected e full join bound_views b using (device, video_id, day)
    )
    select 'bound_views' as table, 'log' as against, video_id::float8 as owner, day || ' ' || device as bucket, views::float8 as views,
      expected_views::float8 as "expectedViews", 0 as "botViews", 0 as "expectedBotViews"
    from compared
    where views <> expected_views and ${viewersAreKept(tx, tx`day`)} and ${hasWholeLog(tx, ...zoned(tx, tx`day`, timeZone, '1 day'))}
    order by 3, 4 limit ${maxDifferences}`;
}
