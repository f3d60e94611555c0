// Adds the fresh counts to one grain. Reads fresh_video_counts and fresh_channel_counts, writes
// video_ and channel_ minutes, hours, days, months and totals.
import type { Transaction } from '#db/client.ts';
import { bucketOf, type Grain, minutesKeptFrom } from './grains.ts';

export type Subject = 'video' | 'channel';
export const subjects: readonly Subject[] = ['video', 'channel'];

/** Adds what `countFreshViews` counted to one grain of the videos' or the channels' counts. */
export async function addCounts(
  tx: Transaction,
  subject: Subject,
  grain: Grain,
  now: Date,
  timeZone: string,
): Promise<void> {
  if (grain === 'total') return addTotals(tx, subject);
  const [table, owner, column] = [tx(`${subject}_${grain}s`), tx(`${subject}_id`), tx(grain)];
  await tx`
    insert into ${table} as t (${owner}, ${column}, views, bot_views)
    select ${owner}, ${bucketOf(tx, grain, timeZone, tx`slot`)}, sum(views), sum(bot_views)
    from ${tx(`fresh_${subject}_counts`)}
    ${grain === 'minute' ? tx`where slot >= ${minutesKeptFrom(now)}::text::timestamptz` : tx``}
    group by 1, 2
    order by 1, 2
    on conflict (${owner}, ${column}) do update
    set views = t.views + excluded.views, bot_views = t.bot_views + excluded.bot_views`;
}

async function addTotals(tx: Transaction, subject: Subject): Promise<void> {
  const owner = tx(`${subject}_id`);
  await tx`
    insert into ${tx(`${subject}_totals`)} as t (${owner}, views, bot_views)
    select ${owner}, sum(views), sum(bot_views)
    from ${tx(`fresh_${subject}_counts`)}
    group by 1
    order by 1
    on conflict (${owner}) do update
    set views = t.views + excluded.views, bot_views = t.bot_views + excluded.bot_views`;
}
