// Says of a video's views of a span that they were a bot's, or people's after all: a fact of its own, beside the verdict that each view
// was recorded with. Writes verdict_changes; everything counted is restated by the difference, in the same transaction.
import { type Author, recordChange } from '#accounts/audit-entries.ts';
import type { Sql, Transaction } from '#db/client.ts';
import type { ReportingZone } from '#db/reporting-zone.ts';
import { holdCounts } from '#rollups/hold-counts.ts';
import { canRestate, type RestatedSpan, restate } from '#rollups/restate.ts';
import { lockMergedInto, lockVideo } from '#videos/lock-video.ts';

export type Verdict = 'bot' | 'person';

export type VerdictChange = {
  video: string;
  /** Half-open. */
  from: Date;
  to: Date;
  verdict: Verdict;
  /** 1 to 500 characters, for whoever asks later. */
  why: string;
};

export type ChangedVerdict =
  /** `views` changed sides. */
  | { status: 'changed'; id: number; views: number }
  /** There is no such video, or it was merged or deleted. */
  | { status: 'no_video' }
  /** The span does not end after it begins. */
  | { status: 'no_span' }
  /** The span is not over. */
  | { status: 'not_over' }
  /** Another change holds for a part of the span: it has to be reversed first. */
  | { status: 'overlaps'; id: number }
  /** A part of the log of the span is archived: nothing could be counted anew. */
  | { status: 'archived' }
  /** A day was being closed or dropped for too long: try again. */
  | { status: 'busy' };

export async function changeVerdict(
  sql: Sql,
  change: VerdictChange,
  author: Author,
  timeZone: ReportingZone,
): Promise<ChangedVerdict> {
  if (!(change.from < change.to)) return { status: 'no_span' };
  if (change.to > author.now) return { status: 'not_over' };
  const held = await holdCounts(sql, author.now, (tx, latest) => changeIn(tx, change, author, latest, timeZone));
  return held.status === 'busy' ? held : held.result;
}

/** What was merged into the video is of it as well. */
async function changeIn(
  tx: Transaction,
  change: VerdictChange,
  author: Author,
  latest: Date,
  timeZone: ReportingZone,
): Promise<ChangedVerdict> {
  const video = await lockVideo(tx, change.video);
  if (!video) return { status: 'no_video' };
  const merged = await lockMergedInto(tx, video.id);
  const span: RestatedSpan = {
    videos: [video.id, ...merged.map(({ id }) => id)],
    from: change.from.toISOString(),
    to: change.to.toISOString(),
  };
  const overlapping = await findOverlap(tx, span);
  if (overlapping !== undefined) return { status: 'overlaps', id: overlapping };
  if (!(await canRestate(tx, span))) return { status: 'archived' };
  let ids: number[] = [];
  const views = await restate(
    tx,
    span,
    async () => {
      ids = await writeChange(tx, span, change, author);
    },
    latest,
    timeZone,
  );
  const [id = 0] = ids;
  await tx`update verdict_changes set views = ${views} where id = ${id}`;
  await recordChange(tx, author, {
    action: change.verdict === 'bot' ? 'video.set_aside' : 'video.release',
    subject: `video:${change.video}`,
    before: null,
    after: { from: span.from, to: span.to, why: change.why, views },
  });
  return { status: 'changed', id, views };
}

async function findOverlap(tx: Transaction, { videos, from, to }: RestatedSpan): Promise<number | undefined> {
  const [found] = await tx<{ id: number }[]>`
    select id::float8 as id from verdict_changes
    where video_id = any(${videos}::bigint[]) and reversed_at is null
      and from_at < ${to}::text::timestamptz and to_at > ${from}::text::timestamptz
    order by verdict_changes.id limit 1`;
  return found?.id;
}

/** A row for each video; the first is the one that was asked for. */
async function writeChange(
  tx: Transaction,
  { videos, from, to }: RestatedSpan,
  { verdict, why }: VerdictChange,
  { actor, now }: Author,
): Promise<number[]> {
  const rows = await tx<{ id: number }[]>`
    insert into verdict_changes (video_id, from_at, to_at, verdict, why, made_at, made_by)
    select id, ${from}::text::timestamptz, ${to}::text::timestamptz, ${verdict}, ${why}, ${now.toISOString()}::text::timestamptz, ${actor}
    from unnest(${videos}::bigint[]) with ordinality v(id, n) order by n
    returning id::float8 as id`;
  return rows.map(({ id }) => id).sort((a, b) => a - b);
}
