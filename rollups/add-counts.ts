// Adds counts to one grain: of the tick's new views, or of what a proof found missing. Writes video_ and channel_ minutes,
// hours, days, months and totals; nothing else does.
import type { Fragment, Transaction } from '#db/client.ts';
import type { Grain } from './grains.ts';
import type { Subject } from './slot-counts.ts';

/** `counts` is a query for (owner, bucket, views, bot_views), or for (owner, views, bot_views) where `grain` is total. */
export async function addCounts(tx: Transaction, subject: Subject, grain: Grain, counts: Fragment): Promise<number> {
  const owner = tx(`${subject}_id`);
  const key = grain === 'total' ? owner : tx`${owner}, ${tx(grain)}`;
  // In one order for everybody: two that add at once would deadlock otherwise.
  const order = grain === 'total' ? tx`1` : tx`1, 2`;
  const added = await tx`
    insert into ${tx(`${subject}_${grain}s`)} as t (${key}, views, bot_views)
    ${counts}
    order by ${order}
    on conflict (${key}) do update
    set views = t.views + excluded.views, bot_views = t.bot_views + excluded.bot_views`;
  return added.count;
}
