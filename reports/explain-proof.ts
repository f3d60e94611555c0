import { type SQL, sql } from 'drizzle-orm';
import type { Scope } from '#accounts/may.ts';
import { allChannelsId, deletedVideosId } from '#channels/reserved-channels.ts';
import type { Reader } from '#db/client.ts';
import type { Span } from './explain-span.ts';
import { isInScope } from './subject.ts';

/** What the ledger has about the days of a time; a closing holds every video and channel against the log at once. */
export type SpanProof = {
  /** Days of it that have views of any channel of the scope, and how many of them were closed. */
  days: number;
  closedDays: number;
  /** The closing that came last; null before the first. */
  last: { day: string; closedAt: string; isFinal: boolean } | null;
  /** Views that their logs had when they were counted last, and those of the same days that came later; null for readers of some channels. */
  logViews: number | null;
  laterViews: number | null;
  /** Days whose last closing did not balance, and days in which a difference was found and repaired; the latest first. */
  unbalancedDays: string[];
  repairedDays: string[];
};

export async function proofOf(db: Reader, scope: Scope, { firstDay, lastDay }: Span): Promise<SpanProof> {
  const [row] = await db.execute<SpanProof>(sql`
    with closings as (
      select * from day_closings where former_zone is null and day >= ${firstDay}::date and day <= ${lastDay}::date
    ), latest as (
      select distinct on (day) day, closed_at, log_views, is_balanced, is_final, id from closings order by day, id desc
    ), counted as (
      select day, sum(views) as views from channel_days
      where ${isCounted(scope)} and views > 0
        and day >= ${firstDay}::date and day <= ${lastDay}::date
      group by day
    )
    select (select count(*) from counted)::float8 as days,
      (select count(*) from counted join latest using (day))::float8 as "closedDays",
      (select json_build_object('day', day, 'closedAt', to_char(closed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
        'isFinal', is_final) from latest order by closed_at desc, id desc limit 1) as last,
      (select coalesce(sum(log_views), 0) from latest)::float8 as "logViews",
      (select coalesce(sum(greatest(c.views - l.log_views, 0)), 0) from latest l join counted c using (day))::float8 as "laterViews",
      array(select day::text from latest where not is_balanced order by 1 desc) as "unbalancedDays",
      array(select distinct day::text from closings where differing_buckets > 0 order by 1 desc) as "repairedDays"`);
  if (!row) throw new Error('A select without a table gave no row.');
  return scope === 'all' ? row : { ...row, logViews: null, laterViews: null };
}

function isCounted(scope: Scope): SQL {
  if (scope === 'all') return sql`channel_id in (${allChannelsId}::bigint, ${deletedVideosId}::bigint)`;
  return isInScope(scope, sql`channel_id`);
}
