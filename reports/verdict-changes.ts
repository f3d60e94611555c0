import { nameOfActor } from '#accounts/name-of-actor.ts';
import type { Sql } from '#db/client.ts';
import type { VideoId } from '#db/schema.ts';

/** A verdict that was changed for a video and a time. Times are ISO texts; the span is half-open. */
export type ListedVerdict = {
  /** What reverseVerdict takes. */
  id: number;
  from: string;
  to: string;
  verdict: 'bot' | 'person';
  why: string;
  /** How many views changed sides when it was made. */
  views: number;
  madeBy: string;
  madeAt: string;
  /** Null while it holds. */
  reversedBy: string | null;
  reversedAt: string | null;
};

/** Those of a video and of what was merged into it, the latest made first: those that hold, and those that were reversed. */
export async function verdictChanges(sql: Sql, video: VideoId): Promise<ListedVerdict[]> {
  const iso = (column: string) => sql`to_char(${sql(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
  return sql<ListedVerdict[]>`
    with own as (
      select c.* from verdict_changes c join videos k on k.id = c.video_id where ${video}::bigint in (k.id, k.merged_into)
    ), changes as (
      select min(id) as id, from_at, to_at, verdict, why, made_at, made_by, reversed_at, reversed_by
      from own group by from_at, to_at, verdict, why, made_at, made_by, reversed_at, reversed_by
    )
    select id::float8 as id, ${iso('from_at')} as from, ${iso('to_at')} as to, verdict, why,
      (select sum(s.views)::float8 from verdict_changes s
        where (s.made_at, s.made_by, s.from_at, s.to_at, s.verdict) = (c.made_at, c.made_by, c.from_at, c.to_at, c.verdict)
          and s.reversed_at is not distinct from c.reversed_at) as views,
      ${nameOfActor(sql, sql`made_by`)} as "madeBy", ${iso('made_at')} as "madeAt",
      case when reversed_by is not null then ${nameOfActor(sql, sql`reversed_by`)} end as "reversedBy", ${iso('reversed_at')} as "reversedAt"
    from changes c order by c.made_at desc, c.id desc`;
}
