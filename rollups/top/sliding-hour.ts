// The sixty clock minutes that end with the current one, by video, and the sixty before: sums of the minutes as they are stored. When the
// edge moves, the minutes that leave are taken from the one to the other as they are then. Writes sliding_hour and sliding_hour_edge.
import type { Fragment, Transaction } from '#db/client.ts';

const minuteMs = 60_000;
const windowMinutes = 60;

/** The first minute of the hour that ends with the minute of `now`. */
export function edgeAt(now: Date): Date {
  return new Date((Math.floor(now.getTime() / minuteMs) - (windowMinutes - 1)) * minuteMs);
}

/**
 * Moves the edge to where it belongs at `now`; never back. To be called before the tick adds to the minutes, also when it has nothing to
 * add. Returns whether it moved.
 */
export async function moveSlidingHour(tx: Transaction, now: Date): Promise<boolean> {
  const [stored] = await tx<{ edge_ms: number }[]>`
    select (extract(epoch from edge) * 1000)::float8 as edge_ms from sliding_hour_edge`;
  const edge = edgeAt(now);
  if (!stored || edge.getTime() - stored.edge_ms >= 2 * windowMinutes * minuteMs) {
    await rebuildSlidingHour(tx, now);
    return true;
  }
  if (edge.getTime() <= stored.edge_ms) return false;
  await takeLeaving(tx, new Date(stored.edge_ms), edge);
  await tx`update sliding_hour_edge set edge = ${edge.toISOString()}::text::timestamptz`;
  return true;
}

async function takeLeaving(tx: Transaction, from: Date, to: Date): Promise<void> {
  const [first, end] = [iso(tx, from), iso(tx, to)];
  const before = tx`interval '${tx.unsafe(String(windowMinutes))} minutes'`;
  const isOld = tx`(minute >= ${first} - ${before} and minute < ${end} - ${before})`;
  await tx`
    update sliding_hour s set people = s.people - m.leaving, people_before = s.people_before + m.leaving - m.old
    from (
      select video_id, coalesce(sum(views - bot_views) filter (where minute >= ${first} and minute < ${end}), 0) as leaving,
        coalesce(sum(views - bot_views) filter (where ${isOld}), 0) as old
      from video_minutes where (minute >= ${first} and minute < ${end}) or ${isOld}
      group by 1
    ) m
    where s.video_id = m.video_id`;
  await dropZeros(tx);
}

/** Adds the people of the session's slots to the hour they are in. To be called once the slots are counted. */
export async function addToSlidingHour(tx: Transaction): Promise<void> {
  const edge = tx`(select edge from sliding_hour_edge)`;
  const before = tx`interval '${tx.unsafe(String(windowMinutes))} minutes'`;
  const added = await tx<{ has_losses: boolean }[]>`
    with added as (
      select s.video_id, v.channel_id, coalesce(sum(s.views - s.bot_views) filter (where slot >= ${edge}), 0) as people,
        coalesce(sum(s.views - s.bot_views) filter (where slot < ${edge}), 0) as people_before
      from video_slots s join videos v on v.id = s.video_id and v.removed_at is null
      where s.slot >= ${edge} - ${before}
      group by 1, 2
    )
    insert into sliding_hour as t (video_id, channel_id, people, people_before)
    select video_id, channel_id, people, people_before from added where people <> 0 or people_before <> 0
    order by 1
    on conflict (video_id) do update
    set people = t.people + excluded.people, people_before = t.people_before + excluded.people_before
    returning t.people <= 0 and t.people_before <= 0 as has_losses`;
  if (added.some((row) => row.has_losses)) await dropZeros(tx);
}

/** Sums the minutes anew. To be called while the cursors are locked. */
export async function rebuildSlidingHour(tx: Transaction, now: Date): Promise<void> {
  const [stored] = await tx<{ edge_ms: number }[]>`
    select (extract(epoch from edge) * 1000)::float8 as edge_ms from sliding_hour_edge`;
  const edge = new Date(Math.max(edgeAt(now).getTime(), stored?.edge_ms ?? 0));
  const at = iso(tx, edge);
  await tx`
    insert into sliding_hour_edge (edge) values (${at}) on conflict (id) do update set edge = excluded.edge`;
  await tx`delete from sliding_hour`;
  await tx`
    insert into sliding_hour (video_id, channel_id, people, people_before)
    select m.video_id, v.channel_id, coalesce(sum(m.views - m.bot_views) filter (where m.minute >= ${at}), 0),
      coalesce(sum(m.views - m.bot_views) filter (where m.minute < ${at}), 0)
    from video_minutes m join videos v on v.id = m.video_id and v.removed_at is null
    where m.minute >= ${at} - interval '${tx.unsafe(String(windowMinutes))} minutes'
    group by 1, 2
    having sum(m.views - m.bot_views) > 0
    order by 1`;
}

async function dropZeros(tx: Transaction): Promise<void> {
  await tx`delete from sliding_hour where people = 0 and people_before = 0`;
}

function iso(tx: Transaction, at: Date): Fragment {
  return tx`${at.toISOString()}::text::timestamptz`;
}
