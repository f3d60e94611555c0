import { afterEach, expect, test } from 'vitest';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { channelIdOf, makeVideos } from '#test/factories.ts';
import { type RecordedViews, recordAt } from '#test/recorded-views.ts';
import { parseRange, type RangeParams } from './range.ts';
import { allChannels, type Subject } from './subject.ts';
import { viewsOverTime } from './views-over-time.ts';

let database: TestDatabase;
let zone = 'UTC';

afterEach(() => database.close());

async function open(timeZone: string, now: string, entries: RecordedViews[]) {
  zone = timeZone;
  database = await freshDatabase(timeZone);
  const ids = await makeVideos(database.sql, ['tide', 'storm']);
  await recordAt(database, entries, now, timeZone);
  return ids;
}

function read(params: RangeParams, now: string, subject: Subject = allChannels) {
  const { range } = parseRange(params, new Date(now), zone);
  return viewsOverTime(database.db, subject, range, new Date(now), zone);
}

const seen = (points: { start: string; views: number }[]) =>
  points.filter(({ views }) => views > 0).map(({ start, views }) => [start, views]);

test('days without a view are zeros, today is current, and the points sum to the total', async () => {
  const now = '2026-03-10T12:00:30Z';
  const ids = await open('UTC', now, [
    { video: 'tide', at: '2026-03-04T00:00:00Z', people: 2, bots: 1 },
    { video: 'storm', at: '2026-03-07T23:59:59.999Z' },
    { video: 'tide', at: now, people: 3 },
    { video: 'tide', at: '2026-03-03T23:59:59.999Z' },
  ]);
  const all = await read({ range: '7d' }, now);
  expect(all.points).toHaveLength(7);
  expect(all.points[0]).toEqual({ start: '2026-03-04', views: 3, botViews: 1, state: 'counted' });
  expect(all.points[1]).toEqual({ start: '2026-03-05', views: 0, botViews: 0, state: 'counted' });
  expect(all.points[6]).toEqual({ start: '2026-03-10', views: 3, botViews: 0, state: 'counting' });
  expect(all).toMatchObject({ views: 7, botViews: 1 });
  const channel = await channelIdOf(database.sql, 'harbour');
  expect(await read({ range: '7d' }, now, { channel })).toEqual(all);
  const storm = ids.get('storm');
  if (!storm) throw new Error('storm was not made');
  expect(seen((await read({ range: '7d' }, now, { video: storm })).points)).toEqual([['2026-03-07', 1]]);
});

test('the day the clocks go back has 25 hours, and each holds its own views', async () => {
  const now = '2026-10-26T09:00:00Z';
  await open('Europe/Berlin', now, [
    { video: 'tide', at: '2026-10-24T21:59:59Z', people: 9 },
    { video: 'tide', at: '2026-10-24T22:00:00Z' },
    { video: 'tide', at: '2026-10-25T00:30:00Z', people: 2 },
    { video: 'tide', at: '2026-10-25T01:30:00Z', people: 3 },
    { video: 'tide', at: '2026-10-25T22:59:59Z', people: 4 },
    { video: 'tide', at: '2026-10-25T23:00:00Z', people: 9 },
  ]);
  const { points, views } = await read({ from: '2026-10-25', to: '2026-10-25' }, now);
  expect(points).toHaveLength(25);
  expect(seen(points)).toEqual([
    ['2026-10-24T22:00:00Z', 1],
    ['2026-10-25T00:00:00Z', 2],
    ['2026-10-25T01:00:00Z', 3],
    ['2026-10-25T22:00:00Z', 4],
  ]);
  expect(views).toBe(10);
  const { points: days } = await read({ range: '7d' }, now);
  expect(seen(days)).toEqual([
    ['2026-10-24', 9],
    ['2026-10-25', 10],
    ['2026-10-26', 9],
  ]);
});

test('where clocks go back by half an hour, the repeated half hour is a bar of its own', async () => {
  const now = '2026-04-04T15:10:00Z';
  await open('Australia/Lord_Howe', now, [
    { video: 'tide', at: '2026-04-04T14:10:00Z' },
    { video: 'tide', at: '2026-04-04T14:50:00Z', people: 2 },
    { video: 'tide', at: '2026-04-04T15:05:00Z', people: 4 },
  ]);
  const { points, views } = await read({ range: '24h' }, now);
  expect(points).toHaveLength(25);
  expect(points.at(-2)).toMatchObject({ start: '2026-04-04T14:00:00Z', views: 3, state: 'counted' });
  expect(points.at(-1)).toMatchObject({ start: '2026-04-04T14:30:00Z', views: 4, state: 'counting' });
  expect(views).toBe(7);
});

test('where clocks go forward by half an hour, no hour is lost', async () => {
  const now = '2026-10-03T16:10:00Z';
  await open('Australia/Lord_Howe', now, [
    { video: 'tide', at: '2026-10-03T15:29:00Z' },
    { video: 'tide', at: '2026-10-03T15:31:00Z', people: 2 },
    { video: 'tide', at: '2026-10-03T16:05:00Z', people: 4 },
  ]);
  const { points, views } = await read({ range: '24h' }, now);
  expect(seen(points)).toEqual([
    ['2026-10-03T14:30:00Z', 1],
    ['2026-10-03T15:00:00Z', 2],
    ['2026-10-03T16:00:00Z', 4],
  ]);
  expect(points.at(-1)?.state).toBe('counting');
  expect(views).toBe(7);
});

test('hours begin at a quarter past where the zone does', async () => {
  const now = '2026-03-10T12:00:00Z';
  await open('Asia/Kathmandu', now, [{ video: 'tide', at: '2026-03-10T11:15:00Z', people: 5 }]);
  const { points } = await read({ range: '24h' }, now);
  expect(points).toHaveLength(24);
  expect(points.at(-1)).toEqual({ start: '2026-03-10T11:15:00Z', views: 5, botViews: 0, state: 'counting' });
});

test('all time begins with the first month that has a view, and without any is this month', async () => {
  const now = '2026-03-10T12:00:00Z';
  const ids = await open('UTC', now, [
    { video: 'tide', at: '2025-12-31T23:59:59Z' },
    { video: 'tide', at: '2026-02-01T00:00:00Z', people: 2 },
  ]);
  expect((await read({ range: 'all' }, now)).points).toEqual([
    { start: '2025-12-01', views: 1, botViews: 0, state: 'counted' },
    { start: '2026-01-01', views: 0, botViews: 0, state: 'counted' },
    { start: '2026-02-01', views: 2, botViews: 0, state: 'counted' },
    { start: '2026-03-01', views: 0, botViews: 0, state: 'counting' },
  ]);
  const storm = ids.get('storm');
  if (!storm) throw new Error('storm was not made');
  expect((await read({ range: 'all' }, now, { video: storm })).points).toEqual([
    { start: '2026-03-01', views: 0, botViews: 0, state: 'counting' },
  ]);
});

test('a long range by the month counts no day outside it', async () => {
  const now = '2026-03-10T12:00:00Z';
  await open('UTC', now, [
    { video: 'tide', at: '2024-12-14T12:00:00Z', people: 9 },
    { video: 'tide', at: '2024-12-15T12:00:00Z' },
    { video: 'tide', at: '2025-06-01T12:00:00Z', people: 2 },
    { video: 'tide', at: '2026-02-20T23:00:00Z', people: 4 },
    { video: 'tide', at: '2026-02-21T00:00:00Z', people: 9 },
  ]);
  const { points, views } = await read({ from: '2024-12-15', to: '2026-02-20' }, now);
  expect(points).toHaveLength(15);
  expect(seen(points)).toEqual([
    ['2024-12-01', 1],
    ['2025-06-01', 2],
    ['2026-02-01', 4],
  ]);
  expect(views).toBe(7);
});

test('hours from before a change of zone that could not be cut anew are hours of the zone before', async () => {
  const now = '2026-03-22T12:00:00Z';
  await open('UTC', now, [
    { video: 'tide', at: '2026-03-10T12:20:00Z', people: 2 },
    { video: 'tide', at: '2026-03-10T12:40:00Z' },
  ]);
  const earlier = JSON.stringify([{ timeZone: 'UTC', until: '2026-03-20T18:30:00Z' }]);
  await database.sql`
    update installation set time_zone = 'Asia/Kolkata', earlier_zones = ${earlier}::text::jsonb`;
  zone = 'Asia/Kolkata';
  const { points, views } = await read({ from: '2026-03-10', to: '2026-03-10' }, now);
  expect(views).toBe(3);
  expect(seen(points)).toEqual([['2026-03-10T12:00:00Z', 3]]);
  // The next zone cuts what comes after it.
  const { points: after } = await read({ from: '2026-03-21', to: '2026-03-21' }, now);
  expect(after[0]?.start).toBe('2026-03-20T18:30:00Z');
  expect(after).toHaveLength(24);
});
