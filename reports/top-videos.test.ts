import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Scope } from '#accounts/may.ts';
import { connectDb, type Db } from '#db/client.ts';
import { ensureLivePartitions } from '#ingest/log-partitions.ts';
import { recordViews } from '#ingest/record-views.ts';
import { tick } from '#rollups/tick.ts';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { bot, channelIdOf, makeVideos, openIngest, person, rollUp, type TestIngest, viewOf } from '#test/factories.ts';
import { type TopWindow, topVideos } from './top-videos.ts';

// In Kathmandu, 5:45 ahead, an hour begins at a quarter past: this is 17:44 on March 1st.
let now = Date.parse('2026-03-01T11:59:00Z');
const timeZone = 'Asia/Kathmandu';
let database: TestDatabase;
let db: Db;
let ingest: TestIngest;

beforeAll(async () => {
  database = await freshDatabase(timeZone);
  db = connectDb(database.url, { name: 'test', max: 1 });
  await makeVideos(database.sql, ['tide', 'gulls'], 'harbour');
  await makeVideos(database.sql, ['gravel'], 'quarry');
  await ensureLivePartitions(database.sql, new Date(now));
  ingest = await openIngest(database, () => now);
});

afterAll(async () => {
  await ingest.close();
  await db.$client.end();
  await database.close();
});

async function watch(video: string, views: number, at: string, sender = person): Promise<void> {
  await recordViews(
    ingest,
    Array.from({ length: views }, () => viewOf(video, at)),
    sender,
  );
}

async function list(window: TopWindow, scope: Scope = 'all', k = 10) {
  const { videos } = await topVideos(db, scope, { window, k }, new Date(now), timeZone);
  return videos.map(({ key, views, rank, previousRank }) => [rank, key, views, previousRank]);
}

test('each window has its own list, people first, then the older video, beside the ranks of the window before', async () => {
  // This hour and the sixty minutes.
  await watch('gulls', 3, '2026-03-01T11:50:00Z');
  await watch('tide', 3, '2026-03-01T11:20:00Z');
  await watch('gravel', 2, '2026-03-01T11:16:00Z');
  await watch('gravel', 9, '2026-03-01T11:20:00Z', bot);
  // The hour before, within the sixty minutes and before them.
  await watch('gravel', 4, '2026-03-01T11:10:00Z');
  await watch('gulls', 1, '2026-03-01T10:20:00Z');
  // Yesterday, which is last month.
  await watch('tide', 5, '2026-02-28T11:00:00Z');
  await rollUp(database.sql, now, timeZone);
  expect(await list('hour')).toEqual([
    [1, 'tide', 3, null],
    [2, 'gulls', 3, 2],
    [3, 'gravel', 2, 1],
  ]);
  expect(await list('last-60-minutes')).toEqual([
    [1, 'gravel', 6, null],
    [2, 'tide', 3, null],
    [3, 'gulls', 3, 1],
  ]);
  const today = [
    [1, 'gravel', 6, null],
    [2, 'gulls', 4, null],
    [3, 'tide', 3, 1],
  ];
  expect(await list('day')).toEqual(today);
  expect(await list('month')).toEqual(today);
  expect(await list('all')).toEqual([
    [1, 'tide', 8, null],
    [2, 'gravel', 6, null],
    [3, 'gulls', 4, null],
  ]);
});

test('a creator sees the lists of their own channels, put together and ranked anew', async () => {
  const [harbour, quarry] = [await channelIdOf(database.sql, 'harbour'), await channelIdOf(database.sql, 'quarry')];
  expect(await list('day', [harbour])).toEqual([
    [1, 'gulls', 4, null],
    [2, 'tide', 3, 1],
  ]);
  expect(await list('day', [harbour, quarry])).toEqual(await list('day'));
  expect(await list('day', [])).toEqual([]);
  expect(await list('day', 'all', 1)).toEqual([[1, 'gravel', 6, null]]);
});

test('minutes leave the sliding hour one by one, also when nothing arrives', async () => {
  now += 18 * 60_000;
  await tick(database.sql, new Date(now), timeZone);
  // It begins at 11:18: the six of 11:10 and 11:16 have left.
  expect(await list('last-60-minutes')).toEqual([
    [1, 'tide', 3, null],
    [2, 'gulls', 3, 2],
  ]);
});

test('while the rollup stands still its last window is served, and it says from when', async () => {
  now += 2 * 3_600_000;
  const { videos, from, completeTo } = await topVideos(db, 'all', { window: 'hour', k: 1 }, new Date(now), timeZone);
  // The hour of 12:15, of which nobody has been seen yet.
  expect({ videos, from, completeTo }).toEqual({
    ...{ videos: [], from: '2026-03-01T12:15:00Z', completeTo: '2026-03-01T12:17:00Z' },
  });
});
