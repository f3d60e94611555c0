import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectDb, type Db } from '#db/client.ts';
import type { VideoId } from '#db/schema.ts';
import { ensureLivePartitions } from '#ingest/log-partitions.ts';
import { recordViews } from '#ingest/record-views.ts';
import { alsoWatched } from '#reports/also-watched.ts';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { bot, channelIdOf, makeVideos, openIngest, person, rollUp, type TestIngest, viewOf } from '#test/factories.ts';
import { mergeVideo } from '#videos/merge-video.ts';
import { countAlsoWatched } from './also-watched.ts';

const now = Date.parse('2026-03-20T12:00Z');
const author = { actor: 'command', now: new Date(now) } as const;
let database: TestDatabase;
let db: Db;
let ingest: TestIngest;
let ids: Map<string, VideoId>;

beforeAll(async () => {
  database = await freshDatabase();
  db = connectDb(database.url, { name: 'test', max: 1 });
  const harbour = await makeVideos(database.sql, ['tide', 'gulls', 'nets', 'dawn'], 'harbour');
  ids = new Map([...harbour, ...(await makeVideos(database.sql, ['gravel'], 'quarry'))]);
  await ensureLivePartitions(database.sql, new Date(now));
  ingest = await openIngest(database, () => now);
});

afterAll(async () => {
  await ingest.close();
  await db.$client.end();
  await database.close();
});

const device = (n: number) => `0d000000-0000-4000-a000-${String(n).padStart(12, '0')}`;

async function watch(viewers: number[], videos: string[], sender = person): Promise<void> {
  for (const n of viewers) {
    const views = videos.map((video) => viewOf(video, now - 86_400_000, { device: device(n) }));
    await recordViews(ingest, views, sender);
  }
}

async function listOf(key: string, scope: Parameters<typeof alsoWatched>[1] = 'all') {
  const found = await alsoWatched(db, scope, ids.get(key) as VideoId);
  return found.map((one) => [one.key, one.viewers]);
}

test('videos are listed by how many viewers saw both, three at least, bots and who saw everything left out', async () => {
  await watch([1, 2, 3, 4], ['tide', 'gulls']);
  await watch([3, 4, 5, 6], ['tide', 'gravel']);
  await watch([3, 7, 8], ['gulls', 'gravel', 'tide']);
  // Two are a chance.
  await watch([1, 2], ['nets']);
  // More often is not more viewers, and bots are none.
  await watch([1, 1, 1, 2], ['tide', 'nets']);
  await watch([9, 10, 11, 12], ['tide', 'nets'], bot);
  await rollUp(database.sql, now);
  await countAlsoWatched(database.sql, '2026-03-20', new Date(now));
  // gulls: 1, 2, 3, 4, 7, 8; gravel: 3, 4, 5, 6, 7, 8.
  expect(await listOf('tide')).toEqual([
    ['gulls', 6],
    ['gravel', 6],
  ]);
  expect(await listOf('gulls')).toEqual([
    ['tide', 6],
    ['gravel', 4],
  ]);
  expect(await listOf('nets')).toEqual([]);
});

test('a creator sees the videos of their own channels', async () => {
  expect(await listOf('tide', [await channelIdOf(database.sql, 'harbour')])).toEqual([['gulls', 6]]);
});

test('a merged video is watched as the one it was merged into', async () => {
  await watch([20, 21, 22], ['dawn', 'gravel']);
  await rollUp(database.sql, now);
  await mergeVideo(database.sql, 'dawn', 'tide', author);
  await countAlsoWatched(database.sql, '2026-03-20', new Date(now));
  expect(await listOf('tide')).toEqual([
    ['gravel', 9],
    ['gulls', 6],
  ]);
  expect(await listOf('gravel')).toEqual([
    ['tide', 9],
    ['gulls', 4],
  ]);
});

test('what is older than 28 days is not counted', async () => {
  await countAlsoWatched(database.sql, '2026-04-17', new Date(now));
  expect(await listOf('tide')).toEqual([]);
});
