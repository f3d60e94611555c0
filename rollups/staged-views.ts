// The views that a transaction counts, read from the log once: new ones by the tick, or the same ones twice, taken away as they
// counted and added as they count now. Every aggregate is counted from here.
import type { Fragment, Transaction } from '#db/client.ts';

/** Makes the table for this session; its rows go at each commit. */
export async function makeStagedViews(tx: Transaction): Promise<void> {
  await tx`
    create temp table if not exists staged_views (video_id bigint, viewed_at timestamptz, own_viewer uuid, viewer uuid, is_bot boolean,
      country text, device smallint, browser smallint, os smallint, site text, referrer text, times int) on commit delete rows`;
}

/** Stages `views` (what comes after `from`, the log as v, as it counts now): to be added, `times` 1, or taken away, -1. */
export async function stageViews(tx: Transaction, views: Fragment, times: 1 | -1 = 1): Promise<number> {
  const staged = await tx`
    insert into staged_views
    select v.video_id, v.viewed_at, v.own_viewer, v.viewer, v.is_bot, v.country, v.device, v.browser, v.os, v.site, v.referrer, ${times}::int
    from ${views}`;
  return staged.count;
}
