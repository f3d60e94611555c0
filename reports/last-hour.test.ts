import { afterAll, beforeAll, expect, test } from 'vitest';
import type { VideoId } from '#db/schema.ts';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { makeVideos } from '#test/factories.ts';
import { recordAt } from '#test/recorded-views.ts';
import { freshness } from './freshness.ts';
import { lastHour } from './last-hour.ts';
import { allChannels } from './subject.ts';

let database: TestDatabase;
let ids: Map<string, VideoId>;
const now = new Date('2026-03-10T00:20:40Z');

beforeAll(async () => {
  database = await freshDatabase();
  ids = await makeVideos(database.sql, ['tide', 'storm']);
});

afterAll(() => database.close());

test('before anything was recorded the hour is sixty zeros, and nothing is behind', async () => {
  const hour = await lastHour(database.db, allChannels, now);
  expect(hour.minutes).toHaveLength(60);
  expect(hour).toMatchObject({ views: 0, botViews: 0, completeTo: null });
  expect(await freshness(database.db, now)).toEqual({ completeTo: null, isBehind: false, secondsBehind: null });
});

test('it holds sixty clock minutes that end with the current one, across midnight', async () => {
  await recordAt(
    database,
    [
      { video: 'tide', at: '2026-03-09T23:20:59.999Z', people: 9 },
      { video: 'tide', at: '2026-03-09T23:21:00Z', people: 2, bots: 1 },
      { video: 'storm', at: '2026-03-09T23:59:59Z' },
      { video: 'tide', at: '2026-03-10T00:20:39Z', people: 4 },
    ],
    now.toISOString(),
  );
  const hour = await lastHour(database.db, allChannels, now);
  expect(hour.minutes).toHaveLength(60);
  expect(hour.minutes[0]).toEqual({ minute: '2026-03-09T23:21:00Z', views: 3, botViews: 1 });
  expect(hour.minutes[38]).toEqual({ minute: '2026-03-09T23:59:00Z', views: 1, botViews: 0 });
  expect(hour.minutes[59]).toEqual({ minute: '2026-03-10T00:20:00Z', views: 4, botViews: 0 });
  expect(hour).toMatchObject({ views: 8, botViews: 1, completeTo: '2026-03-10T00:20:40Z' });
});

test('a video has only its own views', async () => {
  const storm = ids.get('storm');
  if (!storm) throw new Error('storm was not made');
  const { minutes, views } = await lastHour(database.db, { video: storm }, now);
  expect(minutes.filter(({ views }) => views > 0)).toEqual([{ minute: '2026-03-09T23:59:00Z', views: 1, botViews: 0 }]);
  expect(views).toBe(1);
});

test('a minute later the oldest minute is gone', async () => {
  const hour = await lastHour(database.db, allChannels, new Date('2026-03-10T00:21:00Z'));
  expect(hour.minutes[0]?.minute).toBe('2026-03-09T23:22:00Z');
  expect(hour.views).toBe(5);
});

test('the counts are behind when the last tick is over a minute old', async () => {
  const after = (seconds: number) => freshness(database.db, new Date(now.getTime() + seconds * 1_000));
  expect(await after(60)).toEqual({ completeTo: '2026-03-10T00:20:40Z', isBehind: false, secondsBehind: 60 });
  expect(await after(61)).toMatchObject({ isBehind: true, secondsBehind: 61 });
});
