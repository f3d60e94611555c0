// Which videos stand on one page of the table. Each order is that of an index, so that a page of a million videos
// reads no more than its rows and those before it.
import { type SQL, sql } from 'drizzle-orm';
import { lastHourRange } from './last-hour.ts';
import type { TableQuery } from './table-query.ts';
import type { ListedVideos } from './video-table-filter.ts';

// Up to so many videos are found first and then sorted. More are met soon enough in the order of an index; few might
// all stand at its end.
const sortedAtOnce = 10_000;

type Part = { rows: SQL; order: SQL };
type Slice = { size: number; offset: number };

/** CTEs, `page` the last of them, and the order of its rows with `videos` joined as v. */
export function pageOf(query: TableQuery, listed: ListedVideos, now: Date): { page: SQL; order: SQL } {
  const { sort, direction, pageSize, page } = query;
  const slice = { size: pageSize, offset: (page - 1) * pageSize };
  const isFew = listed.total <= sortedAtOnce;
  const listedVideos = sql`
    listed as ${isFew ? sql`materialized` : sql`not materialized`} (
      select id, title, published_at from videos where ${listed.filter ?? sql`true`})`;
  if (sort === 'title' || sort === 'published') {
    const order = columnOrder(sort, direction);
    const rows = sql`select id, 0 as people from listed v order by ${order} ${limit(slice)}`;
    return { page: sql`${listedVideos}, page as (${rows})`, order };
  }
  const parts = partsOf(direction, listed.filter !== undefined);
  return {
    page: sql`${listedVideos}, ${sort === 'lifetime' ? lifetimeCounts() : lastHourCounts(now)}, ${chained(parts, slice)}`,
    order: direction === 'desc' ? sql`p.people desc, p.id` : sql`p.people, p.id desc`,
  };
}

function columnOrder(sort: 'title' | 'published', direction: 'asc' | 'desc'): SQL {
  if (sort === 'title') {
    return direction === 'asc'
      ? sql`v.title collate "und-x-icu", v.id`
      : sql`v.title collate "und-x-icu" desc, v.id desc`;
  }
  // As the index has its nulls, though there are none: the planner takes no other for it.
  return direction === 'desc' ? sql`v.published_at desc nulls last, v.id` : sql`v.published_at nulls first, v.id desc`;
}

function lifetimeCounts(): SQL {
  return sql`
    counted as not materialized (
      select video_id as id, views - bot_views as people from video_totals where views - bot_views > 0)`;
}

function lastHourCounts(now: Date): SQL {
  const { from, to } = lastHourRange(now);
  return sql`
    counted as materialized (
      select video_id as id, sum((views - bot_views)::int) as people from video_minutes
      where minute >= ${from}::timestamptz and minute < ${to}::timestamptz
      group by video_id having sum((views - bot_views)::int) > 0)`;
}

/** Videos that somebody watched and the others, in the order they are shown. */
function partsOf(direction: 'asc' | 'desc', isFiltered: boolean): [Part, Part] {
  const isDown = direction === 'desc';
  const watched = {
    rows: isFiltered ? sql`select id, people from counted join listed using (id)` : sql`select id, people from counted`,
    order: isDown ? sql`people desc, id` : sql`people, id desc`,
  };
  const others = {
    rows: sql`
      select id, 0 as people from listed where not exists (select from counted where counted.id = listed.id)`,
    order: isDown ? sql`id` : sql`id desc`,
  };
  return isDown ? [watched, others] : [others, watched];
}

/** A page over two parts: the second is not looked at while the first fills it. */
function chained([first, second]: [Part, Part], { size, offset }: Slice): SQL {
  return sql`
    first_part as (${first.rows} order by ${first.order} limit ${size} offset ${offset}),
    second_part as (
      ${second.rows}
      order by ${second.order}
      limit ${size} - (select count(*) from first_part)
      offset case when exists (select from first_part) then 0
        else ${offset} - (select count(*) from (${first.rows}) skipped) end),
    page as (select * from first_part union all select * from second_part)`;
}

function limit({ size, offset }: Slice): SQL {
  return sql`limit ${size} offset ${offset}`;
}
