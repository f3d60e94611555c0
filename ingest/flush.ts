// One group commit: a batch of views and the refusals that came with them, in one statement.
import type { Sql } from '#db/client.ts';
import type { VideoId } from '#db/schema.ts';
import type { Labels } from './labels.ts';
import { unnamedOrigin } from './origin-cap.ts';
import type { Reason } from './wire.ts';

/** A view that passed screening, as the log keeps it. Times are milliseconds since the epoch. */
export type LogView = {
  id: string;
  videoId: VideoId;
  viewedAt: number;
  receivedAt: number;
  viewer: string;
  isMuted: boolean;
  bot: string | null;
  country: string | null;
  device: string | null;
  browser: string | null;
  os: string | null;
  site: string | null;
  referrer: string | null;
};

/** Views that are not counted, for the screening tables. */
export type Refusal = {
  reason: Reason | 'duplicate';
  videoId: VideoId | 0;
  origin: string;
  receivedAt: number;
  views: number;
};

/** What a flush needs that expects duplicates. */
export type Duplicates = {
  /** The sites that the screening tables may name for them. */
  origins: Set<string>;
  /** Further copies of views in the batch. */
  repeats: LogView[];
};

export type FlushResult = {
  /** The batch written; undefined when the lane had moved: then nothing was. */
  batch: number | undefined;
  /** Keys (`viewKey`) of views that were there before; the rest were counted. */
  duplicates: Set<string>;
};

/** A view is the pair (id, video). */
export const viewKey = (view: { id: string; videoId: VideoId }): string => `${view.id}${view.videoId}`;

// The lane's row moves and the views go in together, or neither does. The insert reads nothing but its parameters.
// The row also keeps the time of its oldest unread view: it starts anew whenever the rollup has read all there was.
const moveLane = `
  update ingest_lanes l
  set batch = nextval('view_batches'),
    oldest_unread_at = case
      when (select c.batch from rollup_cursors c where c.lane = l.lane) >= l.batch then to_timestamp($16::float8 / 1000)
      else least(l.oldest_unread_at, to_timestamp($16::float8 / 1000)) end
  where l.lane = $1 and l.batch = $2
  returning l.lane, l.batch, l.kind`;
const sentViews = `
  select * from unnest($3::text::uuid[], $4::text::uuid[], $5::text::bigint[], $6::text::bigint[], $7::text::bigint[],
    $8::text::boolean[], $9::text::text[], $10::text::text[], $11::text::smallint[], $12::text::smallint[], $13::text::smallint[],
    $14::text::text[], $15::text::text[])
    as v(id, viewer, video_id, viewed_ms, received_ms, is_muted, bot, country, device, browser, os, site, referrer)`;
const refusedViews = `
  select to_timestamp(received_ms / 1000.0::float8) as received_at, reason, video_id, origin, views
  from unnest($17::text::bigint[], $18::text::text[], $19::text::bigint[], $20::text::text[], $21::text::bigint[])
    as r(received_ms, reason, video_id, origin, views)`;
const insertViews = `
  insert into video_views (id, viewer, video_id, viewed_at, received_at, batch, lane,
    is_muted, bot, country, device, browser, os, site, referrer)
  select id, viewer, video_id, to_timestamp(viewed_ms / 1000.0::float8), to_timestamp(received_ms / 1000.0::float8), batch, lane,
    is_muted, bot, country, device, browser, os, site, referrer`;
// Into its minute, and into its hour and day of the reporting zone. Each step asks for the one before it, so that every flush
// locks in one order: views, then minutes, hours and days of the screening tables.
const zone = `(select coalesce(max(time_zone), 'UTC') from installation)`;
const screenedViews = `
  screened_minutes as (
    insert into screening_minutes as s (minute, reason, video_id, origin, views)
    ${refusedPer(`date_trunc('minute', received_at)`, 'inserted')}
    on conflict (minute, reason, video_id, origin) do update set views = s.views + excluded.views
    returning 1
  ), screened_hours as (
    insert into screening_hours as s (hour, reason, video_id, origin, views)
    ${refusedPer(`date_trunc('hour', received_at, ${zone})`, 'screened_minutes')}
    on conflict (hour, reason, video_id, origin) do update set views = s.views + excluded.views
    returning 1
  ), screened_days as (
    insert into screening_days as s (day, reason, video_id, origin, views)
    ${refusedPer(`(received_at at time zone ${zone})::date`, 'screened_hours')}
    on conflict (day, reason, video_id, origin) do update set views = s.views + excluded.views
  )`;

function refusedPer(bucket: string, before: string): string {
  return `
    select ${bucket}, reason, video_id, origin, sum(views) from refused, moved
    where (select count(*) from ${before}) >= 0
    group by 1, 2, 3, 4
    order by 1, 2, 3, 4`;
}

// Fails with a unique violation when one of the views is there already.
const insertFresh = `moved as (${moveLane}), inserted as (${insertViews} from moved, (${sentViews}) sent returning 1)`;
const freshResult = 'select batch::text as batch, null::text[] as duplicates from moved';
const freshStatement = `with ${insertFresh} ${freshResult}`;
const freshStatementWithRefusals = `with ${insertFresh}, refused as (${refusedViews}), ${screenedViews} ${freshResult}`;

// Passes over the views that are there already, and tells them. Costs 12 us a view more than the other, of 40 (2026-11-24):
// each row of an insert that may meet a conflict is looked up first and written twice.
const tolerantStatement = `
  with moved as (${moveLane}), sent as (${sentViews}), inserted as (
    ${insertViews} from moved, sent
    on conflict do nothing
    returning id, video_id, received_at, site
  ), has_duplicates as (
    select (select count(*) from inserted) < (select count(*) from sent) as yes
  ), duplicates as (
    -- Set difference is hashed; an anti-join of two CTEs, whose sizes the planner cannot know, is quadratic.
    select id, video_id, to_timestamp(received_ms / 1000.0::float8) as received_at, site from sent
    where (select yes from has_duplicates)
    except
    select id, video_id, received_at, site from inserted where (select yes from has_duplicates)
  ), refused as (
    ${refusedViews}
    union all
    select received_at, 'duplicate', video_id,
      case when site is null then '' when site = any($22::text::text[]) then site else '${unnamedOrigin}' end, 1
    from duplicates
  ), ${screenedViews}, again as (
    -- An import that is run again is no news to any of its views.
    select id, video_id, max(received_at) as last_at, count(*) as times
    from (
      select id, video_id, received_at from duplicates
      union all
      select id, video_id, to_timestamp(received_ms / 1000.0::float8)
      from unnest($23::text::uuid[], $24::text::bigint[], $25::text::bigint[]) r(id, video_id, received_ms)
    ) sent_again, moved
    where moved.kind = 'live'
    group by 1, 2
  ), noted as (
    insert into view_repeats (id, video_id, times, last_at)
    select id, video_id, times, last_at from again order by 1, 2
    on conflict (id, video_id) do update
    set times = view_repeats.times + excluded.times, last_at = greatest(view_repeats.last_at, excluded.last_at)
  )
  select (select batch::text from moved) as batch, (select array_agg(id::text || video_id) from duplicates) as duplicates`;

/**
 * Writes `views` (at most one per id and video) and `refusals` as the batch after `lastBatch` of `lane`.
 * `labels` knows the labels of all views. Fails with a unique violation if one of them is in the log already, unless
 * `duplicates` are expected.
 * Views are inserted in the order of their keys: two processes that send each other's views would deadlock otherwise.
 */
export async function flushBatch(
  sql: Sql,
  lane: number,
  lastBatch: number,
  labels: Labels,
  views: LogView[],
  refusals: Refusal[],
  duplicates: Duplicates | undefined,
): Promise<FlushResult> {
  const sorted = views.toSorted((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : a.videoId - b.videoId));
  const oldest =
    views.length > 0 ? String(views.reduce((least, view) => Math.min(least, view.viewedAt), Infinity)) : null;
  const parameters = [
    String(lane),
    String(lastBatch),
    ...viewColumns(sorted, labels),
    oldest,
    ...(duplicates || refusals.length > 0 ? refusalColumns(refusals) : []),
    ...(duplicates ? duplicateColumns(duplicates) : []),
  ];
  const statement = duplicates ? tolerantStatement : refusals.length > 0 ? freshStatementWithRefusals : freshStatement;
  const [row] = await sql.unsafe<{ batch: string | null; duplicates: string[] | null }[]>(statement, parameters, {
    prepare: true,
  });
  if (!row?.batch) return { batch: undefined, duplicates: new Set() };
  return { batch: Number(row.batch), duplicates: new Set(row.duplicates) };
}

function viewColumns(views: LogView[], labels: Labels): string[] {
  return [
    plainArray(views, (v) => v.id),
    plainArray(views, (v) => v.viewer),
    plainArray(views, (v) => v.videoId),
    plainArray(views, (v) => v.viewedAt),
    plainArray(views, (v) => v.receivedAt),
    plainArray(views, (v) => v.isMuted),
    textArray(views, (v) => v.bot),
    textArray(views, (v) => v.country),
    plainArray(views, (v) => numberOf(labels, v.device)),
    plainArray(views, (v) => numberOf(labels, v.browser)),
    plainArray(views, (v) => numberOf(labels, v.os)),
    textArray(views, (v) => v.site),
    textArray(views, (v) => v.referrer),
  ];
}

function numberOf(labels: Labels, label: string | null): number | null {
  return label === null ? null : (labels.get(label) ?? null);
}

function refusalColumns(refusals: Refusal[]): string[] {
  return [
    plainArray(refusals, (r) => r.receivedAt),
    textArray(refusals, (r) => r.reason),
    plainArray(refusals, (r) => r.videoId),
    textArray(refusals, (r) => r.origin),
    plainArray(refusals, (r) => r.views),
  ];
}

function duplicateColumns({ origins, repeats }: Duplicates): string[] {
  return [
    textArray([...origins], (origin) => origin),
    plainArray(repeats, (v) => v.id),
    plainArray(repeats, (v) => v.videoId),
    plainArray(repeats, (v) => v.receivedAt),
  ];
}

// Array literals are written here because the driver's own serializer escapes value by value and mis-types booleans.
function plainArray<T>(rows: T[], value: (row: T) => string | number | boolean | null): string {
  let text = '{';
  for (const row of rows) text += `${text.length > 1 ? ',' : ''}${value(row)}`;
  return `${text}}`;
}

function textArray<T>(rows: T[], value: (row: T) => string | null): string {
  let text = '{';
  for (const row of rows) {
    const item = value(row);
    text += `${text.length > 1 ? ',' : ''}${item === null ? 'null' : quoted(item)}`;
  }
  return `${text}}`;
}

function quoted(item: string): string {
  return /[\\"]/.test(item) ? `"${item.replace(/[\\"]/g, '\\$&')}"` : `"${item}"`;
}
