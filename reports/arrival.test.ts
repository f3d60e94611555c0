import { afterAll, beforeAll, expect, test } from 'vitest';
import { recordViews } from '#ingest/record-views.ts';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { bot, makeVideos, openIngest, person, rollUp, type TestIngest, viewOf } from '#test/factories.ts';
import { mergeVideo } from '#videos/merge-video.ts';
import { latestArrival } from './arrival.ts';
import { videoByKey } from './video-by-key.ts';

const noon = Date.parse('2026-03-10T12:00:30.250Z');
let now = noon;
let database: TestDatabase;
let ingest: TestIngest;

beforeAll(async () => {
  database = await freshDatabase();
  await makeVideos(database.sql, ['tide', 'storm']);
  ingest = await openIngest(database, () => now);
});

afterAll(async () => {
  await ingest.close();
  await database.close();
});

async function arrivalOf(key: string) {
  const video = await videoByKey(database.db, 'all', key);
  return video && latestArrival(database.db, video.id);
}

async function watched(view: Parameters<typeof recordViews>[1][number], by = person) {
  await recordViews(ingest, [view], by);
  await rollUp(database.sql, now);
}

test('nothing arrived yet, then the newest view of this video with its site, also a bot’s', async () => {
  expect(await arrivalOf('tide')).toBeUndefined();
  await watched(viewOf('tide', noon, { page: 'https://www.example.com/news?id=1' }));
  expect(await arrivalOf('tide')).toEqual({
    receivedAt: '2026-03-10T12:00:30.250Z',
    site: 'example.com',
    isBot: false,
  });
  now = noon + 10_000;
  await watched(viewOf('storm', now, { page: 'https://elsewhere.example/' }));
  expect(await arrivalOf('tide')).toMatchObject({ site: 'example.com' });
  await watched(viewOf('tide', now - 1_000, { page: undefined }), bot);
  expect(await arrivalOf('tide')).toEqual({ receivedAt: '2026-03-10T12:00:40.250Z', site: null, isBot: true });
});

test('a view that comes late is not the newest', async () => {
  await watched(viewOf('tide', noon - 3_600_000, { page: 'https://late.example/' }));
  expect(await arrivalOf('tide')).toMatchObject({ site: null });
});

test('a view of what was merged into the video counts for it, and so arrives at it', async () => {
  await mergeVideo(database.sql, 'storm', 'tide', { actor: 'command', now: new Date(now) });
  now = noon + 120_000;
  await expect.poll(() => ingest.videos.peek('storm')).toBeUndefined();
  await watched(viewOf('storm', now, { page: 'https://merged.example/' }));
  expect(await arrivalOf('tide')).toMatchObject({ site: 'merged.example' });
});
