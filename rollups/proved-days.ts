// What the ledger says of a span of time: whether all of it was proved, and by when it was last written. The log is not touched.

import { allChannelsId, deletedVideosId } from '#channels/reserved-channels.ts';
import type { Sql, Transaction } from '#db/client.ts';
import { type ReportingZone, zoneAt } from '#db/reporting-zone.ts';

/** Dates (UTC), half-open. */
export type Span = { from: string; to: string };

export type SpanProof = {
  /** No view was added to it after this instant; null when nothing of it was closed. */
  writtenBy: string | null;
  /** Days of the reporting zone that were never closed, and those of them that have views. */
  unclosed: string[];
  unclosedWithViews: string[];
  /** Not closed for good yet: a view of them can still be accepted. */
  open: string[];
  unbalanced: string[];
  /** That hold other views now than their last closing counted in the log. */
  changed: string[];
};

/**
 * A proof for each of `spans`, of the reporting-zone days that overlap it. A day was last written at the latest when the first of those
 * closings was made that count the same log as the latest one.
 */
export async function proveSpans(sql: Sql | Transaction, spans: Span[], timeZone: ReportingZone): Promise<SpanProof[]> {
  return sql<SpanProof[]>`
    with spans as (
      select s.n, s.from_day, s.to_day
      from unnest(${spans.map(({ from }) => from)}::text[]::date[], ${spans.map(({ to }) => to)}::text[]::date[])
        with ordinality s(from_day, to_day, n)
    ), span_days as (
      -- By quarters of an hour: some days begin at one o'clock, and some midnights come twice.
      select distinct n, (at at time zone ${zoneAt(sql, timeZone, sql`at`)})::date as day
      from spans, generate_series(from_day::timestamptz, to_day::timestamptz - interval '15 minutes', '15 minutes') at
    ), latest as (
      select distinct on (day) day, log_views, is_balanced, is_final from day_closings where former_zone is null order by day, id desc
    ), judged as (
      select s.n, s.day, l.log_views, l.is_balanced, l.is_final, coalesce(c.views, 0) as views,
        (select min(d.closed_at) from day_closings d where d.former_zone is null and d.day = s.day and d.log_views = l.log_views) as written_by
      from span_days s left join latest l using (day) left join lateral (
        select sum(views) as views from channel_days
        where channel_id in (${allChannelsId}::bigint, ${deletedVideosId}::bigint) and day = s.day) c on true
    )
    select to_char(max(written_by) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "writtenBy",
      ${listOf(sql, sql`log_views is null`)} as unclosed,
      ${listOf(sql, sql`log_views is null and views <> 0`)} as "unclosedWithViews",
      ${listOf(sql, sql`not is_final`)} as open,
      ${listOf(sql, sql`not is_balanced`)} as unbalanced,
      ${listOf(sql, sql`log_views <> views`)} as changed
    from judged group by n order by n`;
}

function listOf(sql: Sql | Transaction, condition: ReturnType<Sql>) {
  return sql`coalesce(array_agg(day::text order by day) filter (where ${condition}), '{}')`;
}
