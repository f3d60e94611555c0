// Holds breakdowns against the log, as far as it was rolled up and of the days whose log is all there. Nothing is written.
import { maxValues, otherValues, unknownValue } from '#db/breakdown-values.ts';
import type { Fragment, Transaction } from '#db/client.ts';
import type { ReportingZone } from '#db/reporting-zone.ts';
import { ownersOfView } from '../counting-videos.ts';
import type { Difference } from '../difference.ts';
import { bucketOf } from '../grains.ts';
import type { Subject } from '../slot-counts.ts';
import { hasWholeLog, zoned } from '../whole-log.ts';
import { cappedDimensions } from './add-breakdowns.ts';
import { valuesOfView } from './count-breakdowns.ts';
import { breakdownsAreKept } from './kept-breakdowns.ts';

const maxDifferences = 100;

/** To be called in a transaction that should be repeatable read. At most a hundred per table. */
export async function breakdownDifferences(
  tx: Transaction,
  timeZone: ReportingZone,
  cap = maxValues,
): Promise<Difference[]> {
  const found: Difference[][] = [];
  for (const subject of ['video', 'channel'] as const) found.push(await againstLog(tx, subject, timeZone, cap));
  return found.flat();
}

/** (owner, day, dimension, value, views, bot_views) of the log, values without a cap. */
export function breakdownsOfLog(
  tx: Transaction,
  subject: Subject,
  timeZone: ReportingZone,
  isAsked: Fragment,
): Fragment {
  return tx`
    select o.owner, ${bucketOf(tx, 'day', timeZone, tx`v.viewed_at`)} as day, d.dimension, d.value, count(*) as views,
      count(*) filter (where v.is_bot) as bot_views
    from counted_views v join rollup_cursors r on r.lane = v.lane and v.batch <= r.batch ${valuesOfView(tx)} join ${ownersOfView(tx, subject)}
    where ${isAsked}
    group by 1, 2, 3, 4`;
}

/** Where a dimension has rows for the others, or would need them, its rows only have to sum to what they should. */
function againstLog(tx: Transaction, subject: Subject, timeZone: ReportingZone, cap: number): Promise<Difference[]> {
  const table = `${subject}_breakdowns`;
  return tx<Difference[]>`
    with expected as (${breakdownsOfLog(tx, subject, timeZone, tx`true`)}), stored as (
      select ${tx(`${subject}_id`)} as owner, day, dimension, value, views, bot_views from ${tx(table)}
    ), wide as (
      select owner, day, dimension from expected
      where dimension = any(${cappedDimensions}::int[]) and value <> ${unknownValue} group by 1, 2, 3 having count(*) > ${cap}::int
      union
      select owner, day, dimension from stored where value = ${otherValues}
    ), compared as (
      select owner, day, dimension, value, coalesce(s.views, 0) as views, coalesce(s.bot_views, 0) as bot_views,
        coalesce(e.views, 0) as expected_views, coalesce(e.bot_views, 0) as expected_bot_views
      from expected e full join stored s using (owner, day, dimension, value)
    ), held as (
      select owner, day, dimension, case when w.owner is null then value else '(all)' end as value, sum(c.views) as views,
        sum(c.bot_views) as bot_views, sum(expected_views) as expected_views, sum(expected_bot_views) as expected_bot_views,
        min(c.views) as least, min(c.bot_views) as least_bots
      from compared c left join wide w using (owner, day, dimension)
      group by 1, 2, 3, 4
    )
    select ${table} as table, 'log' as against, owner::float8 as owner, day || ' ' || dimension || ' ' || value as bucket,
      views::float8 as views, expected_views::float8 as "expectedViews", bot_views::float8 as "botViews",
      expected_bot_views::float8 as "expectedBotViews"
    from held
    where ((views, bot_views) <> (expected_views, expected_bot_views) or least < 0 or least_bots < 0)
      and ${breakdownsAreKept(tx, tx`day`)} and ${hasWholeLog(tx, ...zoned(tx, tx`day`, timeZone, '1 day'))}
    order by held.owner, day, dimension, value limit ${maxDifferences}`;
}
