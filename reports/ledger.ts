import { sql } from 'drizzle-orm';
import { allChannelsId, deletedVideosId } from '#channels/reserved-channels.ts';
import type { Db } from '#db/client.ts';
import type { DayDifference } from '#db/schema.ts';

/** One closing of one day, as the ledger has it. */
export type LedgerRow = {
  id: number;
  day: string;
  /** ISO text. */
  closedAt: string;
  durationMs: number;
  logViews: number;
  /** What the aggregates held for the day before any repair, by table. */
  found: Record<string, number>;
  differingBuckets: number;
  differingViews: number;
  repairs: DayDifference[];
  isBalanced: boolean;
  isFinal: boolean;
  /** The zone that had cut the day, where another has cut its date since. */
  formerZone: string | null;
  /** Views of the day that came after this closing; null where a later closing of the day counted them, or its date is cut by another zone now. */
  laterViews: number | null;
};

/** The latest closings, newest first. */
export async function ledger(db: Db, limit: number): Promise<LedgerRow[]> {
  return db.execute<LedgerRow>(sql`
    with listed as (
      select * from day_closings order by id desc limit ${limit}
    )
    select l.id::float8 as id, l.day::text as day, to_char(l.closed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "closedAt",
      l.duration_ms as "durationMs", l.log_views::float8 as "logViews", l.found, l.differing_buckets as "differingBuckets",
      l.differing_views::float8 as "differingViews", l.repairs, l.is_balanced as "isBalanced", l.is_final as "isFinal", l.former_zone as "formerZone",
      case when l.former_zone is null and not exists (select from day_closings n where n.day = l.day and n.id > l.id)
        then greatest(coalesce(c.views, 0) - l.log_views, 0)::float8 end as "laterViews"
    from listed l left join lateral (
      select sum(views) as views from channel_days
      where channel_id in (${allChannelsId}::bigint, ${deletedVideosId}::bigint) and day = l.day) c on true
    order by l.id desc`);
}
