// What a tick has to read: per lane the batches after its cursor, up to the head it saw.
import type { Fragment, Sql, Transaction } from '#db/client.ts';

export type LaneRange = { lane: number; after: number; upTo: number };

export type BatchRange = {
  lanes: LaneRange[];
  /** Whether the range reaches all heads, so that everything acknowledged before it was read is in it. */
  isComplete: boolean;
  /** The UTC days (YYYY-MM-DD, in order) that views in the range belong to. */
  days: string[];
  /** Bounds of `viewed_at` in the range, both included, as ISO texts to the millisecond. */
  viewedFrom: string;
  viewedTo: string;
};

type LaneState = { lane: number; head: string; after: string; oldest_unread: string | null };

/** Bounds that every view lies within: no id carries an earlier time. */
export const whenever = { viewedFrom: '1970-01-01T00:00:00.000Z', viewedTo: '9999-12-31T23:59:59.999Z' };

// Some 10^5 to 10^6 views: one tick stays well below its time-outs however far the rollup fell behind.
const maxBatchesPerTick = 500;

/**
 * Reads heads and cursors with plain selects (a lock on a head through the tick stops every flush: 148 ms against 18),
 * then the days that the new batches cover, so that every later statement is pruned to few partitions.
 */
export async function readBatchRange(sql: Sql): Promise<BatchRange> {
  const states = await sql<LaneState[]>`
    select h.lane, h.batch::text as head, coalesce(c.batch, 0)::text as after,
      min(h.oldest_unread_at) filter (where h.batch > coalesce(c.batch, 0)) over ()::text as oldest_unread
    from ingest_lanes h left join rollup_cursors c using (lane)
    order by h.lane`;
  const behind = states.filter(({ head, after }) => Number(head) > Number(after));
  const least = Math.min(...behind.map(({ after }) => Number(after)));
  // Lanes share one sequence, so a lane that was silent for long is far below its next batch: the step grows until it is met.
  for (let step = maxBatchesPerTick; ; step *= 4) {
    const lanes = states.map((state) => laneRange(state, least + step));
    const isComplete = states.every(({ head }, i) => Number(head) === lanes[i]?.upTo);
    const days = behind.length > 0 ? await readDays(sql, lanes, states[0]?.oldest_unread ?? 'infinity') : [];
    if (days.length === 0 && !isComplete) continue;
    const [first, last] = [days[0], days.at(-1)];
    const bounds = first && last ? { viewedFrom: first.viewed_from, viewedTo: last.viewed_to } : whenever;
    return { lanes, isComplete, days: days.map(({ day }) => day), ...bounds };
  }
}

/** The views of a range as they count now, to be joined as `v`; every condition on a partition key or index is a bound constant. */
export function viewsInRange(sql: Sql | Transaction, { lanes, viewedFrom, viewedTo }: BatchRange) {
  return sql`
    counted_views v join ${lanesOf(sql, lanes)} on v.lane = r.lane and v.batch > r.after and v.batch <= r.up_to
      and ${inBatches(sql, lanes)} and v.viewed_at >= ${viewedFrom}::timestamptz and v.viewed_at <= ${viewedTo}::timestamptz`;
}

function laneRange({ lane, head, after }: LaneState, limit: number): LaneRange {
  return { lane, after: Number(after), upTo: Math.max(Number(after), Math.min(Number(head), limit)) };
}

function readDays(sql: Sql, lanes: LaneRange[], floor: string) {
  return sql<{ day: string; viewed_from: string; viewed_to: string }[]>`
    with days as (
      select v.viewed_at::date as day, min(v.viewed_at) as viewed_from, max(v.viewed_at) as viewed_to
      from video_views v join ${lanesOf(sql, lanes)} on v.lane = r.lane and v.batch > r.after and v.batch <= r.up_to
        and ${inBatches(sql, lanes)} and v.viewed_at >= ${floor}::text::timestamptz
      group by 1
    )
    select day::text, ${isoOf(sql, sql`viewed_from`)} as viewed_from, ${isoOf(sql, sql`viewed_to`)} as viewed_to
    from days order by days.day`;
}

function isoOf(sql: Sql, at: Fragment): Fragment {
  return sql`to_char(${at} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}

function lanesOf(sql: Sql | Transaction, lanes: LaneRange[]) {
  const fresh = lanes.filter(({ after, upTo }) => upTo > after);
  return sql`
    unnest(${fresh.map((r) => r.lane)}::int[], ${fresh.map((r) => r.after)}::bigint[], ${fresh.map((r) => r.upTo)}::bigint[])
      as r(lane, after, up_to)`;
}

// Implied by the join, but only constants reach the BRIN index.
function inBatches(sql: Sql | Transaction, lanes: LaneRange[]) {
  const fresh = lanes.filter(({ after, upTo }) => upTo > after);
  const [after, upTo] = [Math.min(...fresh.map((r) => r.after)), Math.max(...fresh.map((r) => r.upTo))];
  return sql`v.batch > ${after}::bigint and v.batch <= ${upTo}::bigint`;
}
