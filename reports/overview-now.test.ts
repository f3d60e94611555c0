import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { makeVideos } from '#test/factories.ts';
import { recordAt } from '#test/recorded-views.ts';
import { lastHour } from './last-hour.ts';
import { lifetime } from './lifetime.ts';
import { overviewNow } from './overview-now.ts';
import { inSnapshot } from './snapshot.ts';
import { allChannels } from './subject.ts';
import { topVideosNow } from './top-now.ts';

let database: TestDatabase;
const now = new Date('2026-03-10T12:20:40Z');
const people = (rows: { people: number }[]) => rows.reduce((sum, row) => sum + row.people, 0);

beforeAll(async () => {
  database = await freshDatabase();
  await makeVideos(database.sql, ['tide', 'storm'], 'harbour');
  await makeVideos(database.sql, ['dust'], 'quarry');
  await recordAt(
    database,
    [
      { video: 'storm', at: '2026-03-10T10:20:59Z', people: 7 },
      { video: 'storm', at: '2026-03-10T10:21:00Z', people: 2, bots: 1 },
      { video: 'tide', at: '2026-03-10T11:20:59Z', people: 3 },
      { video: 'tide', at: '2026-03-10T11:21:00Z', people: 4, bots: 2 },
      { video: 'dust', at: '2026-03-10T12:20:00Z', people: 5 },
    ],
    now.toISOString(),
  );
});

afterAll(() => database.close());

test('its lists sum to its figures', async () => {
  const overview = await overviewNow(database.db, 'all', now, 'UTC');
  expect(overview.views - overview.botViews).toBe(9);
  expect(people(overview.top)).toBe(9);
  expect(overview.lifetime).toEqual({ views: 24, botViews: 3 });
  expect(people(overview.channels)).toBe(21);
  expect(overview.channels.map(({ handle, videos }) => [handle, videos])).toEqual([
    ['harbour', 2],
    ['quarry', 1],
  ]);
});

test('the hour before has the sixty clock minutes that end where the hour begins', async () => {
  expect((await overviewNow(database.db, 'all', now, 'UTC')).hourBefore).toEqual({ views: 6, botViews: 1 });
});

test('what is counted while it is read is not in it', async () => {
  await inSnapshot(database.db, async (snapshot) => {
    const before = await lastHour(snapshot, allChannels, now);
    await recordAt(database, [{ video: 'tide', at: '2026-03-10T12:20:01Z', people: 10 }], now.toISOString());
    expect(people(await topVideosNow(snapshot, 'all', now, 10))).toBe(before.views - before.botViews);
    expect((await lifetime(snapshot, allChannels)).views).toBe(24);
  });
  expect((await lifetime(database.db, allChannels)).views).toBe(34);
});
