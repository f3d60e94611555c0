import type { Sql } from '#db/client.ts';
import type { VideoId } from '#db/schema.ts';
import { authorText } from './author-text.ts';
import { isTheirs, type Whose } from './whose.ts';

export type ListedEntry = {
  entry: number;
  sources: string[];
  /** Of what is of these channels, and of this video if one was named. */
  balances: number;
  videos: number;
  views: number;
  /** The first three keys. */
  keys: string[];
  /** Null where no count of it has a day. */
  firstDay: string | null;
  lastDay: string | null;
  enteredBy: string;
  /** ISO 8601, UTC. */
  enteredAt: string;
  reversedBy: string | null;
  reversedAt: string | null;
  /** Whether all of it is of these channels: then they may reverse it. */
  isTheirs: boolean;
};

type Listing = {
  limit: number;
  /** The number of the last entry of the page before. */
  before?: number;
  /** Entries that have a count of it, or of what was merged into it. */
  video?: VideoId;
};

/** Entries that have videos of these channels, the latest first, those that were reversed too. */
export async function listEntries(sql: Sql, whose: Whose, { limit, before, video }: Listing): Promise<ListedEntry[]> {
  const isAsked = sql`(${isTheirs(sql, whose)} and ${video === undefined ? sql`true` : sql`t.id = ${video}`})`;
  const iso = (column: string) => sql`to_char(min(b.${sql(column)}) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;
  return sql<ListedEntry[]>`
    select b.entry::float8 as entry, array_agg(distinct b.source) filter (where ${isAsked}) as sources,
      count(*) filter (where ${isAsked})::float8 as balances, sum(b.views) filter (where ${isAsked})::float8 as views,
      count(distinct v.id) filter (where ${isAsked})::float8 as videos,
      (array_agg(distinct v.key) filter (where ${isAsked}))[:3] as keys,
      min(b.day) filter (where ${isAsked})::text as "firstDay", max(b.day) filter (where ${isAsked})::text as "lastDay",
      min(${authorText(sql, 'entered_by')}) as "enteredBy", ${iso('entered_at')} as "enteredAt",
      min(case when b.reversed_by is not null then ${authorText(sql, 'reversed_by')} end) as "reversedBy",
      ${iso('reversed_at')} as "reversedAt", bool_and(${isTheirs(sql, whose)}) as "isTheirs"
    from opening_balances b join videos v on v.id = b.video_id join videos t on t.id = coalesce(v.merged_into, v.id)
    where b.entry < coalesce(${before ?? null}::bigint, 9223372036854775807)
    group by b.entry having bool_or(${isAsked})
    order by b.entry desc limit ${limit}`;
}
