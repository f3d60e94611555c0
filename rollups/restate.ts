// Counts views of a span another way than before: what they counted as is taken away and what they count as now is added, everywhere,
// by the difference, in the transaction of the change itself.
import type { Fragment, Transaction } from '#db/client.ts';
import type { ReportingZone } from '#db/reporting-zone.ts';
import type { VideoId } from '#db/schema.ts';
import { addStaged } from './add-staged.ts';
import { makeStagedViews, stageViews } from './staged-views.ts';
import { rebuildTopLists } from './top/rebuild-lists.ts';
import { hasWholeLog } from './whole-log.ts';

/** Half-open, ISO texts. */
export type RestatedSpan = { videos: VideoId[]; from: string; to: string };

/** Whether all of the log that a restatement reads is there. */
export async function canRestate(tx: Transaction, { from, to }: RestatedSpan): Promise<boolean> {
  const [log] = await tx<[{ is_whole: boolean }]>`
    select ${hasWholeLog(tx, tx`${from}::text::timestamptz`, tx`${to}::text::timestamptz`)} as is_whole`;
  return log.is_whole;
}

/**
 * Does `change`, which alters what counted_views says of the span's views, and restates all that was counted of them. Returns how many
 * changed sides between people and bots. To be called in a transaction that holds the counts (hold-counts.ts), with its latest time.
 */
export async function restate(
  tx: Transaction,
  span: RestatedSpan,
  change: () => Promise<void>,
  latest: Date,
  timeZone: ReportingZone,
): Promise<number> {
  await makeStagedViews(tx);
  await stageViews(tx, viewsOf(tx, span), -1);
  await change();
  await stageViews(tx, viewsOf(tx, span), 1);
  const [changed] = await tx<[{ views: number }]>`
    select abs(coalesce(sum(times) filter (where is_bot), 0))::float8 as views from staged_views`;
  if (changed.views > 0) {
    await addStaged(tx, latest, timeZone);
    await rebuildTopLists(tx, latest, timeZone);
  }
  await tx`select pg_notify('boxoffice_rollup', ${latest.toISOString()}::text)`;
  return changed.views;
}

/** As far as they were rolled up: what comes later is counted as it is then. */
function viewsOf(tx: Transaction, { videos, from, to }: RestatedSpan): Fragment {
  return tx`
    counted_views v join rollup_cursors r on r.lane = v.lane and v.batch <= r.batch
    where v.video_id = any(${videos}::bigint[]) and v.viewed_at >= ${from}::timestamptz and v.viewed_at < ${to}::timestamptz`;
}
