import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { VideoId } from '#db/schema.ts';
import { ensureLivePartitions } from '#ingest/log-partitions.ts';
import { recordViews } from '#ingest/record-views.ts';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { makeVideos, openIngest, person, type TestIngest, viewOf } from '#test/factories.ts';
import { notCounted } from './not-counted.ts';
import { parseRange, type RangeParams } from './range.ts';
import type { ScreenedFilter } from './screened.ts';
import { allChannels } from './subject.ts';

// Five hours and three quarters ahead: its hours and days begin where none of UTC does.
const zone = 'Asia/Kathmandu';
const now = '2026-03-10T12:00:30Z';
let database: TestDatabase;
let ingest: TestIngest;
let ids: Map<string, VideoId>;
let clock = Date.parse(now);
const answers: string[] = [];

beforeAll(async () => {
  database = await freshDatabase(zone);
  ids = await makeVideos(database.sql, ['tide', 'storm']);
  ingest = await openIngest(database, () => clock);
  const again = viewOf('tide', '2026-03-08T18:14:00Z');
  // 23:59 of March 8 in the zone, then 00:00 of March 9.
  await send('2026-03-08T18:14:59Z', undefined, [again, again, viewOf('nobody', '2026-03-08T18:14:00Z')]);
  await send('2026-03-08T18:15:00Z', 'https://www.harbour.example/watch', [
    again,
    viewOf('nobody', clock),
    { video: 7 },
  ]);
  await send('2026-03-10T11:00:00Z', 'https://harbour.example', [
    viewOf('tide', '2026-03-01T11:00:00Z'),
    viewOf('storm', '2026-03-01T11:00:00Z'),
    viewOf('tide', '2026-03-10T11:00:00Z', { sentAt: 0 }),
  ]);
  await send('2026-03-10T12:00:00Z', "http://a';drop-table-videos--.example", [viewOf('nobody', now), null]);
  await send('2026-03-10T12:00:00Z', '"><script>alert(1)</script>', [viewOf('nobody', now)]);
  clock = Date.parse(now);
});

afterAll(async () => {
  await ingest.close();
  await database.close();
});

/** What the door answered is kept, to be held against the report. */
async function send(at: string, origin: string | undefined, bodies: unknown[]): Promise<void> {
  clock = Date.parse(at);
  await ensureLivePartitions(database.sql, new Date(at));
  for (const answer of await recordViews(ingest, bodies, { ...person, origin })) {
    answers.push(answer.status === 'rejected' ? answer.reason : answer.status);
  }
}

function read(params: RangeParams = { range: '7d' }, filter: Partial<ScreenedFilter> = {}, at = now) {
  const { range } = parseRange(params, new Date(at), zone);
  return notCounted(
    database.db,
    'all',
    range,
    { reason: undefined, subject: allChannels, ...filter },
    new Date(at),
    zone,
  );
}

const seen = (points: { start: string; views: number }[]) =>
  points.filter(({ views }) => views > 0).map(({ start, views }) => [start, views]);

test('reasons and duplicates are as many as the door answered', async () => {
  const { byReason } = await read();
  const answered = (reason: string) => answers.filter((one) => one === reason).length;
  expect(byReason).toEqual({
    reasons: [
      { reason: 'unknown_video', views: 4 },
      { reason: 'invalid', views: 2 },
      { reason: 'too_old', views: 2 },
      { reason: 'clock_skew', views: 1 },
    ],
    refused: 9,
    duplicates: 2,
  });
  for (const { reason, views } of byReason.reasons) expect(views, reason).toBe(answered(reason));
  expect(byReason.duplicates).toBe(answered('duplicate'));
});

test('points, origins and videos each sum to what was refused; duplicates are not among it', async () => {
  const { views, points, byOrigin, byVideo } = await read();
  expect(views).toBe(9);
  expect(seen(points)).toEqual([
    ['2026-03-08', 1],
    ['2026-03-09', 2],
    ['2026-03-10', 6],
  ]);
  expect(byOrigin).toEqual({
    origins: [
      { origin: 'harbour.example', views: 5 },
      { origin: '', views: 2 },
      { origin: "a';drop-table-videos--.example", views: 2 },
    ],
    other: 0,
  });
  expect(byVideo).toEqual({
    videos: [
      { key: null, title: null, views: 6 },
      { key: 'tide', title: 'Video tide', views: 2 },
      { key: 'storm', title: 'Video storm', views: 1 },
    ],
    other: 0,
  });
});

test('a reason has its own origins and videos, while the list of reasons stays whole', async () => {
  const { views, byReason, byOrigin, byVideo } = await read({ range: '7d' }, { reason: 'too_old' });
  expect(views).toBe(2);
  expect(byReason.refused).toBe(9);
  expect(byOrigin.origins).toEqual([{ origin: 'harbour.example', views: 2 }]);
  expect(byVideo.videos.map(({ key, views }) => [key, views])).toEqual([
    ['tide', 1],
    ['storm', 1],
  ]);
});

test('duplicates have days, origins and videos of their own', async () => {
  const { views, points, byOrigin, byVideo } = await read({ range: '7d' }, { reason: 'duplicate' });
  expect(views).toBe(2);
  expect(seen(points)).toEqual([
    ['2026-03-08', 1],
    ['2026-03-09', 1],
  ]);
  // The page's site, as the log keeps it.
  expect(byOrigin.origins).toEqual([{ origin: 'example.com', views: 2 }]);
  expect(byVideo.videos.map(({ key }) => key)).toEqual(['tide']);
});

test('a video has its own reasons', async () => {
  const { views, byReason, byVideo } = await read({ range: '7d' }, { subject: { video: ids.get('tide') as VideoId } });
  expect(byReason).toMatchObject({ refused: 2, duplicates: 2 });
  expect(views).toBe(2);
  expect(byVideo.videos).toHaveLength(1);
});

describe('a range', () => {
  test('by the hour is cut by the clock of the zone', async () => {
    const { points, views } = await read({ range: '24h' });
    expect(points).toHaveLength(24);
    expect(views).toBe(6);
    expect(seen(points)).toEqual([
      ['2026-03-10T10:15:00Z', 3],
      ['2026-03-10T11:15:00Z', 3],
    ]);
    expect(points.at(-1)?.state).toBe('counting');
  });

  test('of one day has no view of the day beside it', async () => {
    expect((await read({ from: '2026-03-08', to: '2026-03-08' })).views).toBe(1);
    expect((await read({ from: '2026-03-09', to: '2026-03-09' })).byReason).toMatchObject({
      refused: 2,
      duplicates: 1,
    });
    expect((await read({ from: '2026-02-01', to: '2026-03-07' })).views).toBe(0);
  });

  test('by the month sums to the same, and before the first there is nothing recorded', async () => {
    expect(seen((await read({ range: 'all' })).points)).toEqual([['2026-03-01', 9]]);
    const { points, views } = await read({ from: '2024-01-01', to: '2026-03-10' });
    expect(views).toBe(9);
    expect(points[0]).toEqual({ start: '2024-01-01', views: 0, state: 'not_recorded' });
    expect(points.at(-1)).toEqual({ start: '2026-03-01', views: 9, state: 'counting' });
  });
});

test('today is that of the zone', async () => {
  expect((await read()).today).toEqual({ refused: 6, duplicates: 0 });
  expect((await read({}, {}, '2026-03-10T18:15:00Z')).today).toEqual({ refused: 0, duplicates: 0 });
});

test('what is past the list, and what ingest did not name, are under other: the rows sum all the same', async () => {
  clock = Date.parse('2026-02-20T12:00:00Z');
  await ensureLivePartitions(database.sql, new Date(clock));
  for (let i = 0; i < 230; i++) {
    const bodies = [viewOf('nobody', clock), ...(i === 7 ? [viewOf('nobody', clock)] : [])];
    await recordViews(ingest, bodies, { ...person, origin: `https://made-up-${i}.example` });
  }
  clock = Date.parse(now);
  const { views, byOrigin } = await read({ from: '2026-02-20', to: '2026-02-20' });
  expect(views).toBe(231);
  expect(byOrigin.origins).toHaveLength(20);
  expect(byOrigin.origins[0]).toEqual({ origin: 'made-up-7.example', views: 2 });
  expect(byOrigin.other).toBe(210);
});
