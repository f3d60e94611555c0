import { sql } from 'drizzle-orm';
import type { Scope } from '#accounts/may.ts';
import type { Db } from '#db/client.ts';
import { viewedAtOf } from '#ingest/view-id.ts';
import { changedBy, heldVerdicts, isHeldBot } from './held-verdict.ts';
import { isInScope } from './subject.ts';
import { zoneAt } from './zone-at.ts';

/** What became of one view. `video` is its key; times are ISO texts. */
export type CountedView = {
  video: string;
  /** The key of the video that it counts for: its own, or the one that was merged into; null where its video was deleted. */
  countsFor: string | null;
  /** As it counts now. */
  isBot: boolean;
  /** Why it was taken for a bot as it came in; null for people. */
  recordedAs: string | null;
  /** The number of the change by which another verdict holds for its time; null where none does. */
  changedBy: number | null;
  viewedAt: string;
  receivedAt: string;
  /** The batch of the log it was committed with, and whether the aggregates hold it. */
  lane: number;
  batch: number;
  isRolledUp: boolean;
  /** The buckets it counts in, of the reporting zone. */
  buckets: { minute: string; hour: string; day: string; month: string };
  /** How often it was sent again, and when last. */
  repeats: number;
  lastRepeatAt: string | null;
};

export type Receipt =
  | { id: string; status: 'counted'; views: CountedView[] }
  /** The log of its day was archived: whether it is in there, the archive tells. */
  | { id: string; status: 'archived' }
  | { id: string; status: 'unknown' };

// From then on the database reads no ISO text; an id can carry it, a view cannot.
const yearTenThousand = Date.UTC(10_000, 0);

/**
 * The receipt of a view by its id, a UUIDv7: one look-up in the partition of its millisecond. Views that count for a channel beyond the
 * scope are unknown.
 */
export async function receipt(db: Db, scope: Scope, id: string, timeZone: string): Promise<Receipt> {
  if (viewedAtOf(id) >= yearTenThousand) return { id, status: 'unknown' };
  const at = new Date(viewedAtOf(id)).toISOString();
  const zone = zoneAt(sql`v.viewed_at`, timeZone);
  const views = await db.execute<CountedView>(sql`
    select k.key as video, case when k.removed_at is null then k.key else m.key end as "countsFor", ${isHeldBot} as "isBot",
      v.bot as "recordedAs", ${changedBy} as "changedBy",
      ${isoText(sql`v.viewed_at`)} as "viewedAt", ${isoText(sql`v.received_at`)} as "receivedAt",
      v.lane::int as lane, v.batch::float8 as batch, coalesce(v.batch <= c.batch, false) as "isRolledUp",
      jsonb_build_object(
        'minute', ${isoText(sql`date_trunc('minute', v.viewed_at)`)}, 'hour', ${isoText(sql`date_trunc('hour', v.viewed_at, ${zone})`)},
        'day', (v.viewed_at at time zone ${zone})::date,
        'month', date_trunc('month', v.viewed_at at time zone ${zone})::date) as buckets,
      coalesce(r.times, 0) as repeats, ${isoText(sql`r.last_at`)} as "lastRepeatAt"
    from video_views v join videos k on k.id = v.video_id ${heldVerdicts}
      left join videos m on m.id = k.merged_into left join rollup_cursors c on c.lane = v.lane left join view_repeats r on r.id = v.id and r.video_id = v.video_id
    where v.id = ${id}::uuid and v.viewed_at >= ${at}::timestamptz and v.viewed_at < ${at}::timestamptz + interval '1 millisecond'
      and ${isInScope(scope, sql`coalesce(m.channel_id, k.channel_id)`)}
    order by v.video_id`);
  if (views.length > 0) return { id, status: 'counted', views: [...views] };
  const archived = await db.execute(
    sql`select from log_archives where day = ${at.slice(0, 10)}::date and restored_at is null`,
  );
  return { id, status: archived.length > 0 ? 'archived' : 'unknown' };
}

function isoText(at: ReturnType<typeof sql>) {
  return sql`to_char(${at} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}
