// Takes a changed verdict back: the views of its span count as they were recorded, those that came since too.
import { type Author, recordChange } from '#accounts/audit-entries.ts';
import type { Sql, Transaction } from '#db/client.ts';
import type { ReportingZone } from '#db/reporting-zone.ts';
import type { VideoId } from '#db/schema.ts';
import { holdCounts } from '#rollups/hold-counts.ts';
import { canRestate, restate } from '#rollups/restate.ts';

export type ReversedVerdict =
  /** `views` changed sides. */
  | { status: 'reversed'; views: number }
  /** There is no such change of this video, or it was reversed before. */
  | { status: 'no_change' }
  /** A part of the log of the span is archived: nothing could be counted anew. */
  | { status: 'archived' }
  /** A day was being closed or dropped for too long: try again. */
  | { status: 'busy' };

/** `id` is what changeVerdict told, `video` the key it was told for. */
export async function reverseVerdict(
  sql: Sql,
  video: string,
  id: number,
  author: Author,
  timeZone: ReportingZone,
): Promise<ReversedVerdict> {
  const held = await holdCounts(sql, author.now, (tx, latest) => reverseIn(tx, video, id, author, latest, timeZone));
  return held.status === 'busy' ? held : held.result;
}

type Made = { ids: string[]; videos: VideoId[]; from: string; to: string; verdict: string; why: string };

async function reverseIn(
  tx: Transaction,
  video: string,
  id: number,
  author: Author,
  latest: Date,
  timeZone: ReportingZone,
): Promise<ReversedVerdict> {
  const made = await lockChange(tx, video, id);
  if (!made) return { status: 'no_change' };
  if (!(await canRestate(tx, made))) return { status: 'archived' };
  const reverse = async () => {
    await tx`
      update verdict_changes set reversed_at = ${author.now.toISOString()}::text::timestamptz, reversed_by = ${author.actor}
      where id = any(${made.ids}::bigint[])`;
  };
  const views = await restate(tx, made, reverse, latest, timeZone);
  const before = { from: made.from, to: made.to, verdict: made.verdict, why: made.why, views };
  await recordChange(tx, author, {
    action: 'video.reverse_verdict',
    subject: `video:${video}`,
    before,
    after: null,
  });
  return { status: 'reversed', views };
}

/** With what was merged into the video when it was made. */
async function lockChange(tx: Transaction, video: string, id: number): Promise<Made | undefined> {
  const rows = await tx<{ id: string; video: VideoId; from: string; to: string; verdict: string; why: string }[]>`
    select c.id::text as id, c.video_id::float8 as video, to_char(c.from_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as from,
      to_char(c.to_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as to, c.verdict, c.why
    from verdict_changes c join verdict_changes first on first.id = ${id}::bigint and (c.made_at, c.made_by, c.from_at, c.to_at)
        = (first.made_at, first.made_by, first.from_at, first.to_at)
      join videos k on k.id = first.video_id
    where c.reversed_at is null and first.reversed_at is null and (k.key = ${video} or exists (
      select from videos m where k.removed_at is not null and m.id = k.merged_into and m.key = ${video}))
    order by c.id for update of c`;
  const [first] = rows;
  return first && { ...first, ids: rows.map((row) => row.id), videos: rows.map((row) => row.video) };
}
