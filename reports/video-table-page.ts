// Which videos stand on one page of the table. Few are found first and then sorted: in the order of an index they might
// all stand at its end. Where they are many, the order is that of an index, so that a page of a million videos reads no
// more than its rows and those before it.
import { type SQL, sql } from 'drizzle-orm';
import { lastHourRange } from './last-hour.ts';
import { isNotRemoved } from './removed-videos.ts';
import type { TableQuery } from './table-query.ts';
import type { ListedVideos } from './video-table-filter.ts';

type Direction = TableQuery['direction'];
type Slice = { size: number; offset: number };

/** CTEs, of which `page` has the ids, and the order of its rows (p) when joined with `videos` (v). */
export function pageOf(query: TableQuery, listed: ListedVideos, now: Date): { page: SQL; order: SQL } {
  const { sort, direction, pageSize } = query;
  const slice = { size: pageSize, offset: (query.page - 1) * pageSize };
  const candidates = sql`
    listed as ${listed.isFew ? sql`materialized` : sql`not materialized`} (
      select id, title, published_at from videos where removed_at is null and ${listed.filter ?? sql`true`})`;
  if (sort === 'title' || sort === 'published') {
    const order = columnOrder(sort, direction);
    return { page: sql`${candidates}, page as (select id from listed v order by ${order} ${limit(slice)})`, order };
  }
  const order = peopleOrder(direction);
  const page = listed.isFew
    ? sortedPage(sort === 'lifetime' ? lifetimeOf() : lastHourOf(now), order, slice)
    : indexedPage(sort === 'lifetime' ? lifetimes() : lastHours(now), direction, listed.filter !== undefined, slice);
  return { page: sql`${candidates}, ${page}`, order };
}

function columnOrder(sort: 'title' | 'published', direction: Direction): SQL {
  if (sort === 'title') {
    return direction === 'asc'
      ? sql`v.title collate "und-x-icu", v.id`
      : sql`v.title collate "und-x-icu" desc, v.id desc`;
  }
  // As the index has its nulls, though there are none: the planner takes no other for it.
  return direction === 'desc' ? sql`v.published_at desc nulls last, v.id` : sql`v.published_at nulls first, v.id desc`;
}

function peopleOrder(direction: Direction): SQL {
  return direction === 'desc' ? sql`p.people desc, p.id` : sql`p.people, p.id desc`;
}

/** A look-up for each of the few; without `offset 0` the planner would rather read the counts of all. */
function sortedPage(people: SQL, order: SQL, slice: Slice): SQL {
  return sql`
    page as (
      select p.id, p.people
      from (
        select listed.id, coalesce(counted.people, 0) as people
        from listed left join lateral (${people} offset 0) counted on true
      ) p
      order by ${order} ${limit(slice)})`;
}

function lifetimeOf(): SQL {
  return sql`select views - bot_views as people from video_totals where video_id = listed.id`;
}

function lastHourOf(now: Date): SQL {
  return sql`
    select sum((views - bot_views)::int) as people from video_minutes where video_id = listed.id and ${inLastHour(now)}`;
}

/** Over two parts, those that were watched and the others; the second is not looked at while the first fills the page. */
function indexedPage(counted: SQL, direction: Direction, isFiltered: boolean, { size, offset }: Slice): SQL {
  const watched = isFiltered
    ? // In the order of the counts until the page is full: `offset 0` keeps the planner from reading all that is listed.
      sql`
        select p.id, p.people from (select id, people from counted p order by ${peopleOrder(direction)}) p
          cross join lateral (select from listed where listed.id = p.id offset 0) found`
    : sql`select p.id, p.people from counted p`;
  const others = sql`
    select p.id, 0 as people from listed p where not exists (select from counted where counted.id = p.id)`;
  const [first, second] = direction === 'desc' ? [watched, others] : [others, watched];
  const orderOf = (part: SQL) =>
    part === watched ? peopleOrder(direction) : direction === 'desc' ? sql`p.id` : sql`p.id desc`;
  return sql`
    ${counted},
    first_part as (${first} order by ${orderOf(first)} limit ${size} offset ${offset}),
    second_part as (
      ${second} order by ${orderOf(second)}
      limit ${size} - (select count(*) from first_part)
      offset case when exists (select from first_part) then 0
        else ${offset} - (select count(*) from (${first}) skipped) end),
    page as (select * from first_part union all select * from second_part limit ${size})`;
}

function lifetimes(): SQL {
  return sql`
    counted as not materialized (
      select video_id as id, views - bot_views as people from video_totals
      where views - bot_views > 0 and ${isNotRemoved(sql`video_id`)})`;
}

function lastHours(now: Date): SQL {
  return sql`
    counted as materialized (
      select video_id as id, sum((views - bot_views)::int) as people from video_minutes
      where ${inLastHour(now)} and ${isNotRemoved(sql`video_id`)}
      group by video_id having sum((views - bot_views)::int) > 0)`;
}

function inLastHour(now: Date): SQL {
  const { from, to } = lastHourRange(now);
  return sql`minute >= ${from}::timestamptz and minute < ${to}::timestamptz`;
}

function limit({ size, offset }: Slice): SQL {
  return sql`limit ${size} offset ${offset}`;
}
