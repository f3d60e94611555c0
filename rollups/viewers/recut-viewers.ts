// A change of zone takes viewers from one day to another, as zone-moves.ts has collected them.
import type { Transaction } from '#db/client.ts';
import { addViewers } from './add-viewers.ts';
import { addMergedVideos, countViewersByChannel, makeViewerDeltas } from './count-viewers.ts';
import { viewersAreKept } from './kept-viewers.ts';

/** To be called while the cursors are locked. */
export async function recutViewers(tx: Transaction): Promise<void> {
  await makeViewerDeltas(tx);
  const moves = tx`
    select video_id, viewer, own_viewer, old as day, -views as views from viewer_moves
    union all
    select video_id, viewer, own_viewer, new, views from viewer_moves`;
  await tx`
    insert into video_viewer_deltas
    select video_id, viewer, day, views from (${moves}) m where ${viewersAreKept(tx, tx`m.day`)}`;
  await addMergedVideos(tx);
  await countViewersByChannel(tx);
  await addViewers(tx, 'video');
  await addViewers(tx, 'channel');
  await tx`
    insert into bound_views as b (device, video_id, day, views)
    select own_viewer, video_id, day, sum(views) from (${moves}) m where own_viewer <> viewer
    group by 1, 2, 3 having sum(views) <> 0 order by 1, 2, 3
    on conflict (device, video_id, day) do update set views = b.views + excluded.views`;
  await tx`delete from bound_views where views = 0 and device in (select own_viewer from viewer_moves)`;
}
