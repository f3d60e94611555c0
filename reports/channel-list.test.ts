import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { channelIdOf, makeVideos } from '#test/factories.ts';
import { recordAt } from '#test/recorded-views.ts';
import { channelByHandle } from './channel-by-handle.ts';
import { channelList } from './channel-list.ts';
import { lifetime } from './lifetime.ts';
import { allChannels } from './subject.ts';
import { topVideosNow } from './top-now.ts';

let database: TestDatabase;
const now = new Date('2026-03-10T12:00:30Z');

beforeAll(async () => {
  database = await freshDatabase();
  await makeVideos(database.sql, ['tide', 'storm'], 'harbour');
  await makeVideos(database.sql, ['dust'], 'quarry');
  await makeVideos(database.sql, [], 'attic');
  await recordAt(
    database,
    [
      { video: 'tide', at: '2026-02-10T23:59:59Z', people: 2 },
      { video: 'tide', at: '2026-02-11T00:00:00Z', people: 3, bots: 1 },
      { video: 'dust', at: '2026-03-10T11:00:59Z', people: 5 },
      { video: 'dust', at: '2026-03-10T11:01:00Z', people: 1, bots: 7 },
      { video: 'storm', at: '2026-03-10T11:59:00Z', people: 1 },
      { video: 'tide', at: '2026-03-10T12:00:20Z', people: 2 },
    ],
    now.toISOString(),
  );
});

afterAll(() => database.close());

test('channels stand by their people, each with its videos and its last 28 days', async () => {
  expect(await channelList(database.db, 'all', now, 'UTC')).toEqual([
    {
      id: await channelIdOf(database.sql, 'harbour'),
      handle: 'harbour',
      name: 'harbour',
      videos: 2,
      people: 8,
      opening: 0,
      peopleLast28Days: 6,
      spark: [3, ...Array(26).fill(0), 3],
    },
    expect.objectContaining({ handle: 'quarry', videos: 1, people: 6, peopleLast28Days: 6 }),
    expect.objectContaining({ handle: 'attic', videos: 0, people: 0, spark: Array(28).fill(0) }),
  ]);
});

test('the channels sum to what all of them have', async () => {
  expect(await lifetime(database.db, allChannels)).toEqual({ views: 22, botViews: 8 });
  const channels = await channelList(database.db, 'all', now, 'UTC');
  expect(channels.reduce((sum, { people }) => sum + people, 0)).toBe(14);
  expect(await lifetime(database.db, { channel: await channelIdOf(database.sql, 'attic') })).toEqual({
    views: 0,
    botViews: 0,
  });
});

test('the top of the hour counts people, and the older video stands first at a tie', async () => {
  const top = await topVideosNow(database.db, 'all', now, 10);
  expect(top.map(({ key, people }) => [key, people])).toEqual([
    ['tide', 2],
    ['storm', 1],
    ['dust', 1],
  ]);
  expect(top[0]).toMatchObject({ title: 'Video tide', channelName: 'harbour', videoId: expect.any(Number) });
  expect(await topVideosNow(database.db, 'all', now, 1)).toHaveLength(1);
});

test('a channel is found by its handle only', async () => {
  expect(await channelByHandle(database.db, 'all', 'quarry')).toEqual({
    id: await channelIdOf(database.sql, 'quarry'),
    handle: 'quarry',
    name: 'quarry',
  });
  expect(await channelByHandle(database.db, 'all', 'Quarry')).toBeUndefined();
});
