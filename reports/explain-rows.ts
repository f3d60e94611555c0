// The first rows of the log in a time. The log has no index by video; its primary key begins with the id, and ids rise with
// time: so a search is of one hour after the other, only of those in which the aggregates have views, and for so long at most.
// Of a day of 4 million views, 24 of them of one video, one an hour: 1.2 s; an hour is 1,000 pages of the key, 30 ms (2026-11-24).
import { type SQL, sql } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { viewIdOf } from '#ingest/view-id.ts';
import type { FigureTime } from './explain-address.ts';
import type { Span } from './explain-span.ts';
import { heldVerdicts, isHeldBot } from './held-verdict.ts';
import { readWithin } from './read-within.ts';
import type { Snapshot } from './snapshot.ts';
import { channelsOf, countsOf, isInScope, type Subject } from './subject.ts';
import { zoneAt } from './zone-at.ts';

/** One view, without its viewer. Times are ISO texts. */
export type LogRow = {
  id: string;
  viewedAt: string;
  video: string;
  title: string;
  /** Why it was taken for a bot as it came in; null for people. */
  bot: string | null;
  /** As it counts now. */
  isBot: boolean;
  /** Why another verdict holds for its time; null where none does. */
  changedFor: string | null;
  device: string | null;
  browser: string | null;
  os: string | null;
  country: string | null;
  site: string | null;
  isMuted: boolean;
  lane: number;
  batch: number;
};

export type FoundRows = {
  rows: LogRow[];
  /** Views of the subject in the time, by the hours; undefined where those are not kept. */
  views: number | undefined;
  /** Whether the search was broken off before it had its rows. */
  isBrokenOff: boolean;
};

const listedRows = 20;
const hoursOfLongestDay = 25;
// A reader waits for it, and the log's own readers and writers beside.
const budgetMs = 1_500;

export async function firstRows(
  snapshot: Snapshot,
  subject: Subject,
  span: Span,
  unit: FigureTime['unit'],
  timeZone: string,
): Promise<FoundRows> {
  // Minutes are an hour at most: there is nothing to leave out.
  const hours = unit === 'minute' ? [] : await hoursWithViews(snapshot, subject, span);
  const views = hours.length > 0 ? hours.reduce((sum, hour) => sum + hour.views, 0) : undefined;
  const slices = hours.length > 0 ? hours.map(({ hour }) => sliceOfHour(hour, timeZone)) : [sliceOf(span)];
  const deadline = performance.now() + budgetMs;
  const rows: LogRow[] = [];
  for (const slice of slices) {
    const left = deadline - performance.now();
    const found = left > 0 ? await readWithin(snapshot, left, (db) => rowsOf(db, subject, slice)) : undefined;
    if (!found) return { rows, views, isBrokenOff: true };
    rows.push(...found);
    if (rows.length >= listedRows) break;
  }
  return { rows: rows.slice(0, listedRows), views, isBrokenOff: false };
}

/** Half-open, ISO; and what is asked of the views in it besides. */
type Slice = { from: string; to: string; condition: SQL };

async function hoursWithViews(db: Reader, subject: Subject, { from, to }: Span) {
  const { table, isSubject } = countsOf(subject, 'hour');
  return db.execute<{ hour: string; views: number }>(sql`
    select to_char(hour at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as hour, views::float8 as views
    from ${table} where ${isSubject} and counts.hour >= ${from}::timestamptz and counts.hour < ${to}::timestamptz and views > 0
    order by counts.hour limit ${hoursOfLongestDay}`);
}

/** Where a clock moves by half an hour, two hours overlap: which one a view is of, the zone decides. */
function sliceOfHour(hour: string, timeZone: string): Slice {
  const to = new Date(Date.parse(hour) + 3_600_000).toISOString();
  // Of the hour, once: asked of each row it would take longer than reading it.
  const zone = zoneAt(sql`${hour}::timestamptz`, timeZone);
  return { from: hour, to, condition: sql`date_trunc('hour', v.viewed_at, ${zone}) = ${hour}::timestamptz` };
}

function sliceOf({ from, to }: Span): Slice {
  return { from, to, condition: sql`true` };
}

/** Only of batches that the aggregates hold, so that a row is one of those that were counted. */
async function rowsOf(db: Reader, subject: Subject, { from, to, condition }: Slice): Promise<LogRow[]> {
  const firstId = (at: string) => viewIdOf(Date.parse(at), '0'.repeat(20));
  const rows = await db.execute<LogRow>(sql`
    select v.id::text as id, to_char(v.viewed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "viewedAt", k.key as video, k.title,
      v.bot, ${isHeldBot} as "isBot", w.why as "changedFor", d.label as device, b.label as browser, o.label as os, v.country, v.site, v.is_muted as "isMuted",
      v.lane::int as lane, v.batch::float8 as batch
    from video_views v join videos k on k.id = v.video_id join rollup_cursors c on c.lane = v.lane and v.batch <= c.batch ${heldVerdicts}
      left join labels d on d.id = v.device left join labels b on b.id = v.browser left join labels o on o.id = v.os
    where v.viewed_at >= ${from}::timestamptz and v.viewed_at < ${to}::timestamptz
      and v.id >= ${firstId(from)}::uuid and v.id < ${firstId(to)}::uuid and ${condition} and ${isOf(subject)}
    order by v.id limit ${listedRows}`);
  return [...rows];
}

function isOf(subject: Subject): SQL {
  if ('video' in subject) return sql`${subject.video} in (v.video_id, k.merged_into)`;
  const channels = channelsOf(subject);
  if (channels === 'all') return sql`(k.removed_at is null or k.merged_into is not null)`;
  return sql`exists (select from videos t where t.id = coalesce(k.merged_into, k.id) and t.removed_at is null and ${isInScope(channels, sql`t.channel_id`)})`;
}
