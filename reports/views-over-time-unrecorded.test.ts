import { afterEach, expect, test } from 'vitest';
import type { VideoId } from '#db/schema.ts';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { channelIdOf, makeVideos } from '#test/factories.ts';
import { recordAt } from '#test/recorded-views.ts';
import { parseRange, type RangeParams } from './range.ts';
import type { Subject } from './subject.ts';
import { viewsOverTime } from './views-over-time.ts';

const now = '2026-03-10T12:00:30Z';
let database: TestDatabase;
let timeZone = 'UTC';
let tide: VideoId;

afterEach(() => database.close());

/** The video tide in the channel harbour, each of which began at its time. */
async function open(zone: string, publishedAt: string, channelMadeAt = publishedAt) {
  timeZone = zone;
  database = await freshDatabase(zone);
  const ids = await makeVideos(database.sql, ['tide']);
  tide = ids.get('tide') ?? (0 as VideoId);
  await database.sql`update videos set published_at = ${publishedAt}::text::timestamptz`;
  await database.sql`update channels set created_at = ${channelMadeAt}::text::timestamptz`;
}

/** The starts that were not recorded, and whether they are all before the others. */
async function unrecorded(params: RangeParams, subject: Subject = { video: tide }) {
  const { range } = parseRange(params, new Date(now), timeZone);
  const { points } = await viewsOverTime(database.db, subject, range, new Date(now), timeZone);
  const starts = points.filter(({ state }) => state === 'not_recorded').map(({ start }) => start);
  expect(points.slice(0, starts.length).map(({ start }) => start)).toEqual(starts);
  return starts;
}

test('days before a video was published are not recorded, and its first day is, in the reporting zone', async () => {
  await open('Asia/Tokyo', '2026-03-06T20:00:00Z');
  expect(await unrecorded({ range: '7d' })).toEqual(['2026-03-04', '2026-03-05', '2026-03-06']);
  expect(await unrecorded({ from: '2026-03-07', to: '2026-03-10' })).toEqual([]);
});

test('so are hours and months', async () => {
  await open('UTC', '2026-03-06T03:30:00Z');
  expect(await unrecorded({ from: '2026-03-06', to: '2026-03-06' })).toEqual([
    ...['2026-03-06T00:00:00Z', '2026-03-06T01:00:00Z', '2026-03-06T02:00:00Z'],
  ]);
  const months = await unrecorded({ from: '2025-01-15', to: '2026-03-10' });
  expect([months.length, months.at(-1)]).toEqual([14, '2026-02-01']);
  expect(await unrecorded({ range: 'all' })).toEqual([]);
});

test('views that are older than the publication were recorded', async () => {
  await open('UTC', '2026-03-09T00:00:00Z');
  await recordAt(database, [{ video: 'tide', at: '2026-03-06T03:30:00Z', bots: 1 }], now);
  expect(await unrecorded({ range: '7d' })).toEqual(['2026-03-04', '2026-03-05']);
  expect(await unrecorded({ from: '2026-03-06', to: '2026-03-06' })).toHaveLength(3);
  const months = await unrecorded({ from: '2025-01-15', to: '2026-03-10' });
  expect([months.length, months.at(-1)]).toEqual([14, '2026-02-01']);
});

test('a channel is recorded from its making, or its first view where that is earlier', async () => {
  await open('UTC', '2026-03-01T00:00:00Z', '2026-03-08T10:00:00Z');
  const channel = await channelIdOf(database.sql, 'harbour');
  expect((await unrecorded({ range: '7d' }, { channel })).at(-1)).toBe('2026-03-07');
  await recordAt(database, [{ video: 'tide', at: '2026-03-06T03:30:00Z' }], now);
  expect((await unrecorded({ range: '7d' }, { channel })).at(-1)).toBe('2026-03-05');
});
