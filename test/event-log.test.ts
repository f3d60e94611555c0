// The relational core is a plain event log: what the pages show is what count(*) over video_views says.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { VideoId } from '#db/schema.ts';
import { lastHour } from '#reports/last-hour.ts';
import { lifetime } from '#reports/lifetime.ts';
import { parseRange, presets } from '#reports/range.ts';
import { allChannels, type Subject } from '#reports/subject.ts';
import { viewsOverTime } from '#reports/views-over-time.ts';
import { freshDatabase, type TestDatabase } from './database.ts';
import { channelIdOf, makeVideos } from './factories.ts';
import { recordAt } from './recorded-views.ts';

const timeZone = 'Europe/Berlin';
const now = '2026-03-31T10:30:20Z';
const minuteMs = 60_000;
let database: TestDatabase;
let subjects: { name: string; subject: Subject; condition: string }[];

beforeAll(async () => {
  database = await freshDatabase(timeZone);
  const ids = await makeVideos(database.sql, ['tide', 'storm'], 'harbour');
  await makeVideos(database.sql, ['ebb'], 'quarry');
  const [tide, harbour] = [ids.get('tide') as VideoId, await channelIdOf(database.sql, 'harbour')];
  subjects = [
    { name: 'a video', subject: { video: tide }, condition: `v.video_id = ${tide}` },
    { name: 'a channel', subject: { channel: harbour }, condition: `k.channel_id = ${harbour}` },
    { name: 'all channels', subject: allChannels, condition: 'true' },
  ];
  // Denser towards now, over thirteen months, with the day on which the clock springs forward.
  const moments = Array.from({ length: 45 }, (_, i) => Date.parse(now) - Math.round(1.38 ** i) * minuteMs);
  const recent = moments.filter((at) => at > Date.parse('2025-03-01'));
  const entries = recent.map((at, i) => ({
    ...{ video: ['tide', 'storm', 'ebb'][i % 3] ?? '', at: new Date(at).toISOString() },
    ...{ people: 1 + (i % 4), bots: i % 2 },
  }));
  await recordAt(database, entries, now, timeZone);
}, 60_000);

afterAll(() => database.close());

test('a view needs its video, and a video with views cannot go', async () => {
  const view = database.sql`
    insert into video_views (id, viewer, video_id, viewed_at, received_at, batch, lane, is_muted)
    values (gen_random_uuid(), gen_random_uuid(), 987654, ${now}::text::timestamptz, now(), 0, 0, false)`;
  await expect(view).rejects.toMatchObject({ code: '23503' });
  await expect(database.sql`delete from videos where key = 'tide'`).rejects.toMatchObject({ code: '23503' });
});

test('videos carry no counter', async () => {
  const columns = await database.sql`
    select column_name from information_schema.columns where table_name = 'videos' and column_name ~ 'view|count' and data_type <> 'boolean'`;
  expect(columns).toEqual([]);
});

test('lifetime figures are count(*)', async () => {
  for (const { name, subject, condition } of subjects) {
    const [row] = await counted(condition);
    expect(row?.views, name).toBeGreaterThan(10);
    expect(await lifetime(database.db, subject), name).toEqual({ views: row?.views, botViews: row?.botViews });
  }
});

test('the last hour is count(*) by minute', async () => {
  const from = new Date(Date.parse('2026-03-31T10:30:00Z') - 59 * minuteMs).toISOString();
  for (const { name, subject, condition } of subjects) {
    const rows = await counted(
      `${condition} and v.viewed_at >= '${from}'`,
      instantText(`date_trunc('minute', v.viewed_at)`),
    );
    const hour = await lastHour(database.db, subject, new Date(now));
    const seen = hour.minutes.filter(({ views }) => views > 0);
    expect(
      seen.map(({ minute, views, botViews }) => [minute, views, botViews]),
      name,
    ).toEqual(rows.map(partsOf));
    expect(hour.views, name).toBe(rows.reduce((sum, { views }) => sum + views, 0));
  }
});

const ranges = [...presets.map(({ preset }) => ({ range: preset })), { from: '2026-03-28', to: '2026-03-29' }];

test.each(ranges)('the range %j is count(*) by its unit', async (params) => {
  const { range } = parseRange(params, new Date(now), timeZone);
  const isHours = range.unit === 'hour';
  const local = `v.viewed_at at time zone '${timeZone}'`;
  const bucket = isHours
    ? instantText(`date_trunc('hour', v.viewed_at, '${timeZone}')`)
    : `date_trunc('${range.unit}', ${local})::date::text`;
  const column = isHours ? 'v.viewed_at' : `(${local})::date`;
  for (const { name, subject, condition } of subjects) {
    const rows = await counted(`${condition} and ${column} >= '${range.from}' and ${column} < '${range.to}'`, bucket);
    const shown = await viewsOverTime(database.db, subject, range, new Date(now), timeZone);
    const seen = shown.points.filter(({ views }) => views > 0);
    expect(
      seen.map(({ start, views, botViews }) => [start, views, botViews]),
      name,
    ).toEqual(rows.map(partsOf));
    expect(shown.views, name).toBe(rows.reduce((sum, { views }) => sum + views, 0));
  }
});

type Counted = { bucket: string; views: number; botViews: number };

const partsOf = ({ bucket, views, botViews }: Counted) => [bucket, views, botViews];

/** An instant as reports write it. */
function instantText(instant: string): string {
  return `to_char(${instant} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;
}

/** count(*) over the log, by a bucket (a text) in its order. */
function counted(condition: string, bucket = `'all'::text`): Promise<Counted[]> {
  return database.sql.unsafe(`
    select ${bucket} as bucket, count(*)::int as views, count(v.bot)::int as "botViews"
    from video_views v join videos k on k.id = v.video_id
    where ${condition} group by 1 order by 1`);
}
