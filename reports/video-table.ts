import { type SQL, sql } from 'drizzle-orm';
import type { Scope } from '#accounts/may.ts';
import type { Db } from '#db/client.ts';
import { shiftDay } from '#db/day.ts';
import type { VideoId } from '#db/schema.ts';
import { dateAt } from './calendar.ts';
import { lastHourRange } from './last-hour.ts';
import { openingViews, openingViewsOfVideo } from './opening.ts';
import { countsOf, type Subject } from './subject.ts';
import type { TableQuery } from './table-query.ts';
import { findListedVideos } from './video-table-filter.ts';
import { pageOf } from './video-table-page.ts';

export { parseTableQuery, type TableQuery } from './table-query.ts';

export type TableVideo = {
  id: VideoId;
  key: string;
  title: string;
  channelName: string;
  channelHandle: string;
  publishedAt: string;
  /** Lifetime. */
  people: number;
  botViews: number;
  /** What other products had counted before, beside that. */
  opening: number;
  peopleLastHour: number;
  /** People on each of the last 28 days, oldest first, today included. */
  spark: number[];
};

export type VideoTable = {
  rows: TableVideo[];
  /** How many videos there are to page through. A search finds 10,000 at most. */
  total: number;
  /** The page the rows are of: the last one where the query asks beyond it. */
  page: number;
  /** People of everything listed, of which the rows are a page; undefined for what a search found. */
  inAll: { people: number; opening: number; peopleLastHour: number } | undefined;
};

/** One page of the videos of a scope, or of one channel of it, that a search finds. The video id breaks ties. */
export async function videoTable(
  db: Db,
  scope: Scope,
  query: TableQuery,
  now: Date,
  timeZone: string,
): Promise<VideoTable> {
  const listed = await findListedVideos(db, scope, query, now);
  if (listed.total === 0) return { rows: [], total: 0, page: 1, inAll: undefined };
  const number = Math.min(query.page, Math.ceil(listed.total / query.pageSize));
  const { page, order } = pageOf({ ...query, page: number }, listed, now);
  const rows = await db.execute<TableVideo & { inAll: VideoTable['inAll'] | null }>(sql`
    with ${page}
    select v.id::float8 as id, v.key, v.title, c.name as "channelName", c.handle as "channelHandle",
      to_char(v.published_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "publishedAt",
      coalesce(t.views - t.bot_views, 0)::float8 as people, coalesce(t.bot_views, 0)::float8 as "botViews",
      ${openingViewsOfVideo(sql`p.id`)} as opening,
      ${peopleLastHour(now)} as "peopleLastHour", ${spark(now, timeZone)} as spark,
      ${inAll(listed.subject, now)} as "inAll"
    from page p join videos v on v.id = p.id join channels c on c.id = v.channel_id
      left join video_totals t on t.video_id = p.id
    order by ${order}`);
  return {
    rows: rows.map(({ inAll: _, ...row }) => row),
    total: listed.total,
    page: number,
    inAll: rows[0]?.inAll ?? undefined,
  };
}

/** In the statement of the rows, so that they sum to it. */
function inAll(subject: Subject | undefined, now: Date): SQL {
  if (!subject) return sql`null`;
  const [totals, minutes] = [countsOf(subject, 'total'), countsOf(subject, 'minute')];
  const { from, to } = lastHourRange(now);
  return sql`json_build_object(
    'people', (select coalesce(sum(views - bot_views), 0) from ${totals.table} where ${totals.isSubject}),
    'opening', ${openingViews(subject)},
    'peopleLastHour', (select coalesce(sum(views - bot_views), 0) from ${minutes.table}
      where ${minutes.isSubject} and minute >= ${from}::timestamptz and minute < ${to}::timestamptz))`;
}

function peopleLastHour(now: Date): SQL {
  const { from, to } = lastHourRange(now);
  return sql`(
    select coalesce(sum(m.views - m.bot_views), 0)::float8 from video_minutes m
    where m.video_id = p.id and m.minute >= ${from}::timestamptz and m.minute < ${to}::timestamptz)`;
}

function spark(now: Date, timeZone: string): SQL {
  const today = dateAt(now, timeZone);
  const first = shiftDay(today, -27);
  return sql`array(
    select coalesce(d.views - d.bot_views, 0)::float8
    from generate_series(0, 27) n
      left join video_days d on d.video_id = p.id and d.day = ${first}::date + n
        and d.day >= ${first}::date and d.day <= ${today}::date
    order by n)`;
}
