import { afterAll, beforeAll, expect, test } from 'vitest';
import type { VideoId } from '#db/schema.ts';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { channelIdOf, makeVideos } from '#test/factories.ts';
import { recordAt } from '#test/recorded-views.ts';
import { videoByKey } from './video-by-key.ts';
import { videoCount } from './video-count.ts';

let database: TestDatabase;
let ids: Map<string, VideoId>;

beforeAll(async () => {
  database = await freshDatabase();
  ids = await makeVideos(database.sql, ['tide', 'storm']);
  const entries = [{ video: 'tide', at: '2026-03-10T11:00:00Z', people: 3, bots: 2 }];
  await recordAt(database, entries, '2026-03-10T12:00:00Z');
});

afterAll(() => database.close());

test('a count tells views, bots and people, and how complete they are', async () => {
  expect(await videoCount(database.db, 'tide')).toEqual({
    key: 'tide',
    views: 5,
    botViews: 2,
    people: 3,
    openingViews: 0,
    completeTo: '2026-03-10T12:00:00Z',
  });
});

test('a video nobody watched has zero, a video that is not there has none', async () => {
  expect(await videoCount(database.db, 'storm')).toMatchObject({ views: 0, botViews: 0, people: 0 });
  expect(await videoCount(database.db, 'Storm')).toBeUndefined();
  expect(await videoCount(database.db, "storm' or true --")).toBeUndefined();
});

test('a video is found by its key, with its channel', async () => {
  expect(await videoByKey(database.db, 'all', 'tide')).toEqual({
    id: ids.get('tide'),
    key: 'tide',
    title: 'Video tide',
    durationSeconds: null,
    sourceUrl: null,
    publishedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    leavesOutMembers: true,
    channel: { id: await channelIdOf(database.sql, 'harbour'), handle: 'harbour', name: 'harbour' },
  });
  expect(await videoByKey(database.db, 'all', 'wave')).toBeUndefined();
});
