import type { Sql, Transaction } from '#db/client.ts';

export type RecordedHistory = {
  title: string;
  /** Those of bots too, and those of what was merged into it. */
  views: number;
  botViews: number;
  /** What had been entered for it from other products (opening/), beside those. */
  openingViews: number;
  /** Dates of the reporting zone; null where there is no view. */
  firstDay: string | null;
  lastDay: string | null;
  /** The keys of what was merged into it. */
  merged: string[];
};

/** What was recorded for a video, as far as it is rolled up: what goes when it is deleted. Undefined where there is no such video. */
export async function recordedHistory(sql: Sql | Transaction, key: string): Promise<RecordedHistory | undefined> {
  const [history] = await sql<RecordedHistory[]>`
    select v.title, coalesce(t.views, 0)::float8 as views, coalesce(t.bot_views, 0)::float8 as "botViews",
      (select coalesce(sum(b.views), 0)::float8 from opening_balances b
        where b.reversed_at is null and b.video_id in (
          select m.id from videos m where m.id = v.id or (m.removed_at is not null and m.merged_into = v.id))) as "openingViews",
      d.first_day::text as "firstDay", d.last_day::text as "lastDay",
      array(select m.key from videos m where m.removed_at is not null and m.merged_into = v.id order by m.key) as merged
    from videos v left join video_totals t on t.video_id = v.id cross join lateral (
      select min(day) as first_day, max(day) as last_day from video_days where video_id = v.id and views > 0
    ) d
    where v.key = ${key} and v.removed_at is null`;
  return history;
}
