// The aggregates worked out a second time, in JavaScript: what a test expects never comes from the SQL under test.
import type { Sql } from '#db/client.ts';

/** A view that was answered `counted`. */
export type CountedView = { video: string; channel: string; viewedAt: number; isBot: boolean };

/** 'subject name | grain | bucket' to 'views/bot views'. Instants are ISO texts, days and months dates of the zone. */
export type Ledger = Record<string, string>;

/** What every aggregate should hold for these views; `minutesFrom` is where the kept minutes begin. */
export function expectedLedger(views: CountedView[], timeZone: string, minutesFrom: number): Ledger {
  const counts = new Map<string, { views: number; bots: number }>();
  for (const view of views) {
    for (const subject of [`video ${view.video}`, `channel ${view.channel}`, 'channel all']) {
      for (const bucket of bucketsOf(view.viewedAt, timeZone, minutesFrom)) {
        const count = counts.get(`${subject} | ${bucket}`) ?? { views: 0, bots: 0 };
        counts.set(`${subject} | ${bucket}`, count);
        count.views += 1;
        count.bots += view.isBot ? 1 : 0;
      }
    }
  }
  return Object.fromEntries([...counts].sort().map(([key, { views, bots }]) => [key, `${views}/${bots}`]));
}

/** What the aggregates do hold, in the same words. */
export async function storedLedger(sql: Sql, minutesFrom: number): Promise<Ledger> {
  const rows = await sql<{ key: string; counts: string }[]>`
    with videos_and_channels as (
      select 'video ' || v.key as name, 'video' as kind, v.id from videos v
      union all select 'channel ' || handle, 'channel', id from channels
      union all select 'channel all', 'channel', 0
    ), counts as (
      ${sql.unsafe(['video', 'channel'].flatMap((kind) => ['minute', 'hour', 'day', 'month', 'total'].map((grain) => `select '${kind}' as kind, ${kind}_id as id, '${grain}' as grain, ${bucketText(grain)} as bucket, views, bot_views from ${kind}_${grain}s`)).join(' union all '))}
    )
    select name || ' | ' || grain || bucket as key, views || '/' || bot_views as counts
    from counts join videos_and_channels using (kind, id)
    where grain <> 'minute' or bucket >= ' ' || ${new Date(minutesFrom).toISOString()}::text`;
  return Object.fromEntries(rows.map(({ key, counts }) => [key, counts] as const).sort(byKey));
}

function bucketText(grain: string): string {
  if (grain === 'total') return `''`;
  if (grain === 'day' || grain === 'month') return `' ' || ${grain}`;
  return `' ' || to_char(${grain} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS".000Z"')`;
}

function byKey([a]: readonly [string, string], [b]: readonly [string, string]): number {
  return a < b ? -1 : 1;
}

function bucketsOf(at: number, timeZone: string, minutesFrom: number): string[] {
  const wall = wallClock(at, timeZone);
  const date = new Date(wall).toISOString().slice(0, 10);
  const minute = new Date(at - (at % 60_000)).toISOString();
  // An hour is one of the zone's wall clock; both hours of a clock that falls back are hours of their own.
  const hour = new Date(at - (wall % 3_600_000)).toISOString();
  const coarse = [`hour ${hour}`, `day ${date}`, `month ${date.slice(0, 7)}-01`, 'total'];
  return at >= minutesFrom ? [`minute ${minute}`, ...coarse] : coarse;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** The wall clock of a zone, as milliseconds of a UTC that would show the same time. */
function wallClock(at: number, timeZone: string): number {
  const format =
    formats.get(timeZone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  formats.set(timeZone, format);
  return Date.parse(`${format.format(at).replace(' ', 'T')}Z`) + (at % 1000);
}
