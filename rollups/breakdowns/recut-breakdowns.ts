// A change of zone takes what was broken down from one day to another, as zone-moves.ts has collected it.
import type { Transaction } from '#db/client.ts';
import { addBreakdowns } from './add-breakdowns.ts';
import { breakDownByChannel, breakDownMergedVideos, makeBreakdownDeltas } from './count-breakdowns.ts';
import { breakdownsAreKept } from './kept-breakdowns.ts';

/** To be called while the cursors are locked. */
export async function recutBreakdowns(tx: Transaction): Promise<void> {
  await makeBreakdownDeltas(tx);
  await tx`
    insert into video_breakdown_deltas
    select video_id, day, dimension, value, views, bot_views from (
      select video_id, dimension, value, old as day, -views as views, -bot_views as bot_views from breakdown_moves
      union all
      select video_id, dimension, value, new, views, bot_views from breakdown_moves
    ) m where ${breakdownsAreKept(tx, tx`m.day`)}`;
  await breakDownMergedVideos(tx);
  await breakDownByChannel(tx);
  for (const subject of ['video', 'channel'] as const) await addBreakdowns(tx, subject);
}
