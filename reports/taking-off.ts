// Is it taking off? A video against the channel's own last videos at the same age. Ages are whole clock hours, counted from the hour in
// which a video was published; a figure that was not measured, or is no longer kept, is null and says why.
import { type SQL, sql } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import type { VideoId } from '#db/schema.ts';
import { zoneAt } from './zone-at.ts';

/** In hours: the first hour to the first month. */
export const ages = [1, 6, 24, 168, 672] as const;
/** Of fewer videos nothing is usual. */
export const leastVideos = 3;
const mostVideos = 10;

export type Usual = {
  median: number;
  /** The middle half of the videos: the first and the third quartile. */
  low: number;
  high: number;
  videos: number;
};

export type AtAge = {
  /** Hours. */
  age: number;
  /** Since publishing, up to that age. Null where `missing` says why. */
  people: number | null;
  /** `not_measured`: it was made here only after its first hour. `dropped`: its hours are no longer kept. */
  missing: 'to_come' | 'not_measured' | 'dropped' | null;
  /** Null where fewer than three of the last ten videos have a figure at that age. */
  usual: Usual | null;
  /** How many of them have one. */
  comparable: number;
  /** People by the median; null without either, or where the median is nobody. */
  ratio: number | null;
};

export type TakingOff = {
  /** Whole hours since the hour in which it was published; negative where that is to come. */
  ageHours: number;
  /** When the first of them began, as an instant. */
  begins: string;
  /** At each of `ages`. */
  ages: AtAge[];
  /** At the age it has now; null in its first hour, and after a month. */
  current: AtAge | null;
  /** The videos it is measured against, published before it: ten at most. */
  earlierVideos: number;
  /** Views by people from before the hour of its publication, as imports bring them in: they count for nothing here. */
  peopleBefore: number;
};

type Row = {
  ageHours: number;
  begins: string;
  earlierVideos: number;
  peopleBefore: number;
  age: number;
  people: number | null;
  missing: AtAge['missing'];
  quartiles: [number, number, number] | null;
  comparable: number;
};

/** Reads the hours of eleven videos at most, by their key: 3 ms among 10,000 videos of one channel (2026-12-01). */
export async function takingOff(db: Reader, video: VideoId, now: Date, timeZone: string): Promise<TakingOff> {
  const rows = await db.execute<Row>(sql`
    with subject as (select id, channel_id, published_at, created_at from videos where id = ${video}),
    ${comparedVideos(timeZone)},
    asked as materialized (
      select a.*, (${peopleBefore(timeZone)}) as people_before
      from (
        select first as begins, floor(extract(epoch from ${now.toISOString()}::text::timestamptz - first) / 3600)::int as age_hours
        from compared where is_subject
      ) a
    ), ages as (
      select unnest(${`{${ages.join()}}`}::int[]) as age union select age_hours from asked where age_hours between 1 and ${ages.at(-1)}
    ), known as (
      select c.is_subject, c.id, c.first, age, ${missing(now)} as missing from compared c cross join ages
    ), figures as (
      select is_subject, age, missing, case when missing is null then ${peopleUpTo(sql`k.first + age * interval '1 hour'`)} end as people
      from known k
    )
    select a.age_hours::float8 as "ageHours", to_char(a.begins at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as begins,
      (select count(*) from compared where not is_subject)::float8 as "earlierVideos",
      a.people_before as "peopleBefore", f.age::float8 as age,
      max(f.people) filter (where f.is_subject)::float8 as people, max(f.missing) filter (where f.is_subject) as missing,
      percentile_cont(array[0.25, 0.5, 0.75]) within group (order by f.people) filter (where not f.is_subject) as quartiles,
      count(f.people) filter (where not f.is_subject)::float8 as comparable
    from figures f cross join asked a
    group by f.age, a.age_hours, a.begins, a.people_before order by f.age`);
  const [first] = rows;
  if (!first) throw new Error(`There is no video ${video}.`);
  const { ageHours, begins, earlierVideos, peopleBefore: before } = first;
  const figures = rows.map(atAge);
  return {
    ...{ ageHours, begins, earlierVideos, peopleBefore: before },
    ages: figures.filter(({ age }) => ages.some((one) => one === age)),
    current: figures.find(({ age }) => age === ageHours) ?? null,
  };
}

/** The video itself and the channel's last ten before it, with the hour that each begins in, and whether it was measured from there on. */
function comparedVideos(timeZone: string): SQL {
  return sql`
    earlier as (
      select v.id, v.published_at, v.created_at
      from subject s cross join lateral (
        select o.id, o.published_at, o.created_at from videos o
        where o.channel_id = s.channel_id and o.removed_at is null and o.published_at < s.published_at
        -- As the index has its nulls, though there are none.
        order by o.published_at desc nulls last, o.id limit ${mostVideos}
      ) v
    ), compared as (
      select id, is_subject, first, ${isMeasured(sql`v`)} as is_measured
      from (
        select id, created_at, is_subject, date_trunc('hour', published_at, ${zoneAt(sql`published_at`, timeZone)}) as first
        from (
          select id, published_at, created_at, true as is_subject from subject
          union all select id, published_at, created_at, false from earlier
        ) every
      ) v
    )`;
}

/** Made here in its first hour at the latest, or there are views of its first day from before that: they were brought in. */
function isMeasured(v: SQL): SQL {
  return sql`(${v}.created_at < ${v}.first + interval '1 hour' or exists (
    select from video_hours h where h.video_id = ${v}.id and h.hour >= ${v}.first
      and h.hour < least(${v}.first + interval '24 hours', ${v}.created_at - interval '1 hour')))`;
}

function missing(now: Date): SQL {
  const end = sql`c.first + age * interval '1 hour'`;
  return sql`case
    when ${end} > ${now.toISOString()}::text::timestamptz then 'to_come'
    when exists (select from retention_drops where table_name = 'video_hours'
      and from_day::timestamptz < ${end} and to_day::timestamptz > c.first) then 'dropped'
    when not c.is_measured then 'not_measured' end`;
}

function peopleUpTo(end: SQL): SQL {
  return sql`(
    select coalesce(sum(h.views - h.bot_views), 0) from video_hours h
    where h.video_id = k.id and h.hour >= k.first and h.hour < ${end})`;
}

/** Whole days by days, which are kept for ever, and what is of the day of publication by its hours. */
function peopleBefore(timeZone: string): SQL {
  const day = sql`(a.begins at time zone ${timeZone}::text)::date`;
  return sql`select coalesce(sum(people), 0)::float8 from (
    select views - bot_views as people from video_days where video_id = (select id from subject) and day < ${day}
    union all
    select views - bot_views from video_hours where video_id = (select id from subject)
      and hour >= ${day}::timestamp at time zone ${timeZone}::text and hour < a.begins
  ) before`;
}

function atAge({ age, people, missing: why, quartiles, comparable }: Row): AtAge {
  const usual = quartiles && comparable >= leastVideos ? usualOf(quartiles, comparable) : null;
  const ratio = people !== null && usual && usual.median > 0 ? people / usual.median : null;
  return { age, people, missing: why, usual, comparable, ratio };
}

function usualOf([low, median, high]: [number, number, number], videos: number): Usual {
  return { median, low, high, videos };
}
