// What other products had counted before (opening/): a part of its own beside a figure, and in none of ours.
import { type SQL, sql } from 'drizzle-orm';
import type { Scope } from '#accounts/may.ts';
import type { Reader } from '#db/client.ts';
import type { VideoId } from '#db/schema.ts';
import { channelsOf, isInScope, type Subject } from './subject.ts';

export type Opening = {
  views: number;
  /** Who counted, by how much. */
  sources: string[];
};

/** Half-open dates of the reporting zone. */
export type Days = { from: string; to: string };

/** All of it, or what is of days within `days`: a count of all the time before has no day. */
export async function openingOf(db: Reader, subject: Subject, days?: Days): Promise<Opening> {
  const rows = await db.execute<{ source: string; views: number }>(sql`
    select b.source, sum(b.views)::float8 as views from opening_balances b
    where ${isOpeningOf(subject)} and ${isWithin(days)}
    group by b.source order by 2 desc, 1`);
  return { views: rows.reduce((sum, { views }) => sum + views, 0), sources: rows.map(({ source }) => source) };
}

/** The sum alone, within another statement. */
export function openingViews(subject: Subject): SQL {
  return sql`(select coalesce(sum(b.views), 0)::float8 from opening_balances b where ${isOpeningOf(subject)})`;
}

/** The sum of the video `id`, within another statement. */
export function openingViewsOfVideo(id: SQL): SQL {
  return sql`(
    select coalesce(sum(b.views), 0)::float8 from opening_balances b
    where b.reversed_at is null and b.video_id = any(${countingFor(id)}))`;
}

/** One row for each channel of a scope that has some: `channel_id` and `views`. */
export function openingPerChannel(scope: Scope): SQL {
  return sql`
    select coalesce(t.channel_id, v.channel_id) as channel_id, sum(b.views) as views
    from (
      select video_id, sum(views) as views from opening_balances where reversed_at is null group by video_id
    ) b join videos v on v.id = b.video_id left join videos t on t.id = v.merged_into
    where (v.removed_at is null or v.merged_into is not null)
      and ${isInScope(scope, sql`coalesce(t.channel_id, v.channel_id)`)}
    group by 1`;
}

/** Whether the count `b` stands, and for the subject: for the channel its video has, or the video it was merged into has. */
export function isOpeningOf(subject: Subject): SQL {
  return sql`b.reversed_at is null and ${isOf(subject)}`;
}

function isOf(subject: Subject): SQL {
  if ('video' in subject) return sql`b.video_id = any(${countingFor(sql`${subject.video as VideoId}::bigint`)})`;
  const scope = channelsOf(subject);
  if (scope === 'all') {
    return sql`b.video_id <> all(array(select id from videos where removed_at is not null and merged_into is null))`;
  }
  return sql`b.video_id in (
    select id from videos where removed_at is null and ${isInScope(scope, sql`channel_id`)}
    union all
    select v.id from videos v join videos t on t.id = v.merged_into
    where v.removed_at is not null and ${isInScope(scope, sql`t.channel_id`)})`;
}

/** The video `id`, and what was merged into it. */
function countingFor(id: SQL): SQL {
  return sql`array(select id from videos where removed_at is not null and merged_into = ${id}) || ${id}`;
}

export function isWithin(days: Days | undefined): SQL {
  return days ? sql`b.day >= ${days.from}::date and b.day < ${days.to}::date` : sql`true`;
}
