// Makes a device's viewers a user's, and back: rows and cells of both, wherever the device was seen. What a bound device's views were
// is kept apart (bound_views), by the video itself, so that a binding can be reversed whatever was merged or moved since.
import { deletedVideosId } from '#channels/reserved-channels.ts';
import type { Fragment, Sql, Transaction } from '#db/client.ts';
import { addViewers } from './add-viewers.ts';
import { makeViewerDeltas } from './count-viewers.ts';
import { viewersAreKept } from './kept-viewers.ts';

export type Binding = { device: string; userViewer: string };

/** To be called while the cursors are locked, in the transaction that writes the bindings. Each device must be free. */
export async function bindViewers(tx: Transaction, bindings: Binding[]): Promise<void> {
  const devices = bindings.map(({ device }) => device);
  await tx`
    insert into bound_views (device, video_id, day, views)
    select v.viewer, v.video_id, v.day, v.views - coalesce(merged.views, 0)
    from video_viewers v left join lateral (
      select sum(m.views) as views from videos k join video_viewers m on m.video_id = k.id and m.viewer = v.viewer and m.day = v.day
      where k.removed_at is not null and k.merged_into = v.video_id
    ) merged on true
    where v.viewer = any(${devices}::text[]::uuid[]) and v.views > coalesce(merged.views, 0)
    order by 1, 2, 3`;
  await moveBoundViews(tx, bindings, 1);
}

/** The same back. */
export async function unbindViewers(tx: Transaction, bindings: Binding[]): Promise<void> {
  await moveBoundViews(tx, bindings, -1);
  await tx`delete from bound_views where device = any(${bindings.map(({ device }) => device)}::text[]::uuid[])`;
}

/** Takes what was recorded of the devices to the users, `times` 1, or from them, -1. */
async function moveBoundViews(tx: Transaction, bindings: Binding[], times: 1 | -1): Promise<void> {
  await makeViewerDeltas(tx);
  const moved = tx`
    unnest(${bindings.map(({ device }) => device)}::text[]::uuid[], ${bindings.map(({ userViewer }) => userViewer)}::text[]::uuid[])
      n(device, user_viewer)
      join bound_views b on b.device = n.device
      join videos k on k.id = b.video_id
      left join videos m on k.removed_at is not null and m.id = k.merged_into
      cross join lateral (values (n.device, -b.views * ${times}::int), (n.user_viewer, b.views * ${times}::int)) v(viewer, views)`;
  await tx`
    insert into video_viewer_deltas
    select o.owner, v.viewer, b.day, v.views from ${moved} cross join lateral (values (k.id), (m.id)) o(owner)
    where o.owner is not null and ${viewersAreKept(tx, tx`b.day`)}`;
  await tx`
    insert into channel_viewer_deltas
    select o.owner, v.viewer, b.day, v.views
    from ${moved} cross join lateral (
      select case when m.id is not null then m.channel_id when k.removed_at is null then k.channel_id else ${deletedVideosId}::bigint end as own
    ) c cross join lateral unnest(case when c.own < 0 then array[c.own] else array[c.own, 0] end) o(owner)
    where ${viewersAreKept(tx, tx`b.day`)}`;
  await addViewers(tx, 'video');
  await addViewers(tx, 'channel');
}

/** Notes the staged views of devices that are bound, beside counting them for their users. */
export async function noteBoundViews(tx: Transaction, day: Fragment): Promise<void> {
  await tx`
    insert into bound_views as b (device, video_id, day, views)
    select v.own_viewer, v.video_id, ${day}, sum(v.times) from staged_views v
    where v.own_viewer <> v.viewer and not v.is_bot
    group by 1, 2, 3 having sum(v.times) <> 0
    order by 1, 2, 3
    on conflict (device, video_id, day) do update set views = b.views + excluded.views`;
}

/** Forgets what bound devices watched on days whose viewers were dropped; returns how many rows. */
export async function forgetBoundViews(sql: Sql): Promise<number> {
  const gone = await sql`delete from bound_views b where not ${viewersAreKept(sql, sql`b.day`)}`;
  return gone.count;
}
