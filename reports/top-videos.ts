// The exact lists of most watched videos, as the rollup keeps them: of the current hour, day or month, of all time, and of the sixty
// clock minutes that end with the current one.
import { type SQL, sql } from 'drizzle-orm';
import type { Scope } from '#accounts/may.ts';
import { allChannelsId } from '#channels/reserved-channels.ts';
import type { Reader } from '#db/client.ts';
import type { VideoId } from '#db/schema.ts';
import { completeToText } from './freshness.ts';
import { isInScope } from './subject.ts';

export const topWindows = ['hour', 'day', 'month', 'all', 'last-60-minutes'] as const;
export type TopWindow = (typeof topWindows)[number];
/** How many a list has at most. */
export const mostListed = 1_000;

export type RankedVideo = {
  videoId: VideoId;
  key: string;
  title: string;
  channelName: string;
  /** People's. */
  views: number;
  /** From 1 on; at equal views the older video is first. */
  rank: number;
  /** In the hour, day or month before, or in the sixty minutes before; null where it was in no list, and for all time. */
  previousRank: number | null;
};

export type TopVideos = {
  videos: RankedVideo[];
  /** Everything acknowledged before is counted; ISO text. */
  completeTo: string | null;
  /** When the window begins: an instant (ISO), or a date for days and months; null for all time. */
  from: string | null;
};

/** The first `k` of a window, 1 to 1,000. While the rollup is behind, its last window: `completeTo` and `from` say which. */
export async function topVideos(
  db: Reader,
  scope: Scope,
  { window, k }: { window: TopWindow; k: number },
  now: Date,
  timeZone: string,
): Promise<TopVideos> {
  const [state] = await db.execute<{ completeTo: string | null; at: string }>(sql`
    select ${completeToText} as "completeTo", least(${now.toISOString()}::timestamptz, coalesce(
      (select min(complete_to) from rollup_cursors), ${now.toISOString()}::timestamptz))::text as at`);
  const { completeTo = null, at = now.toISOString() } = state ?? {};
  if (window === 'last-60-minutes') return { ...(await slidingList(db, scope, k)), completeTo };
  const { period, before, from } = periodsOf(window, sql`${at}::timestamptz`, timeZone);
  const grain = window === 'all' ? 'total' : window;
  const rows = await db.execute<RankedVideo & { from: string | null }>(sql`
    with ranked as (${rankedIn(scope, grain, period, k)}), earlier as (${rankedIn(scope, grain, before, mostListed)})
    select v.id::float8 as "videoId", v.key, v.title, c.name as "channelName", r.people::float8 as views, r.rank::int as rank,
      e.rank::int as "previousRank", ${from} as from
    from ranked r join videos v on v.id = r.video_id join channels c on c.id = v.channel_id left join earlier e on e.video_id = r.video_id
    order by r.rank`);
  const [first] = rows;
  const begins = first?.from ?? (await beginningOf(db, from));
  return { videos: rows.map(({ from: _, ...row }) => row), completeTo, from: begins };
}

async function beginningOf(db: Reader, from: SQL): Promise<string | null> {
  const [row] = await db.execute<{ from: string | null }>(sql`select ${from} as from`);
  return row?.from ?? null;
}

/** As rollups/top names its windows. */
function periodsOf(window: Exclude<TopWindow, 'last-60-minutes'>, at: SQL, timeZone: string) {
  const cut = (unit: string, instant: SQL) => sql`date_trunc(${unit}::text, ${instant}, ${timeZone}::text)`;
  const date = sql`(${at} at time zone ${timeZone}::text)::date`;
  const month = sql`date_trunc('month', ${date}::timestamp)::date`;
  const named = (day: SQL) => sql`(${day}::timestamp at time zone 'UTC')`;
  switch (window) {
    case 'hour': {
      const period = cut('hour', at);
      const from = sql`to_char(${period} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;
      return { period, before: cut('hour', sql`${period} - interval '1 second'`), from };
    }
    case 'day':
      return { period: named(date), before: named(sql`(${date} - 1)`), from: sql`${date}::text` };
    case 'month':
      return { period: named(month), before: named(sql`(${month} - interval '1 month')`), from: sql`${month}::text` };
    case 'all':
      return { period: sql`'-infinity'::timestamptz`, before: sql`null::timestamptz`, from: sql`null::text` };
  }
}

/** Of several channels the lists are put together: whoever is among the first of all is among those of its channel. */
function rankedIn(scope: Scope, grain: string, period: SQL, k: number): SQL {
  const channels = scope === 'all' ? sql`channel_id = ${allChannelsId}` : isInScope(scope, sql`channel_id`);
  return sql`
    select video_id, people, row_number() over (order by people desc, video_id) as rank from top_videos
    where ${channels} and grain = ${grain} and period = ${period}
    order by rank limit ${k}`;
}

async function slidingList(db: Reader, scope: Scope, k: number): Promise<Omit<TopVideos, 'completeTo'>> {
  const isListed = isInScope(scope, sql`channel_id`);
  const rows = await db.execute<RankedVideo & { from: string }>(sql`
    with first as (
      select video_id, people from sliding_hour where ${isListed} and people > 0 order by people desc, video_id limit ${k}
    ), earlier as (
      select video_id, row_number() over (order by people_before desc, video_id) as rank from (
        select video_id, people_before from sliding_hour where ${isListed} and people_before > 0
        order by people_before desc, video_id limit ${mostListed}
      ) before
    )
    select v.id::float8 as "videoId", v.key, v.title, c.name as "channelName", f.people::float8 as views,
      (row_number() over (order by f.people desc, f.video_id))::int as rank, e.rank::int as "previousRank",
      (select to_char(edge at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') from sliding_hour_edge) as from
    from first f join videos v on v.id = f.video_id join channels c on c.id = v.channel_id left join earlier e on e.video_id = f.video_id
    order by rank`);
  return { videos: rows.map(({ from: _, ...row }) => row), from: rows[0]?.from ?? null };
}
