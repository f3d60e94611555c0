import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { makeVideos } from '#test/factories.ts';
import { recordAt } from '#test/recorded-views.ts';
import { periodBefore } from './period-before.ts';
import { parseRange } from './range.ts';
import { allChannels } from './subject.ts';

let database: TestDatabase;
const now = '2026-03-10T12:30:00Z';

beforeAll(async () => {
  database = await freshDatabase();
  await makeVideos(database.sql, ['tide']);
  await recordAt(
    database,
    [
      { video: 'tide', at: '2026-02-24T23:59:59Z', people: 100 },
      { video: 'tide', at: '2026-02-25T00:00:00Z', people: 1 },
      { video: 'tide', at: '2026-03-03T23:59:59Z', people: 2, bots: 3 },
      { video: 'tide', at: '2026-03-04T00:00:00Z', people: 50 },
      { video: 'tide', at: '2026-03-08T12:59:59Z', people: 200 },
      { video: 'tide', at: '2026-03-08T13:00:00Z', people: 4 },
      { video: 'tide', at: '2026-03-09T12:59:59Z', people: 5 },
      { video: 'tide', at: '2026-03-09T13:00:00Z', people: 60 },
    ],
    now,
  );
});

afterAll(() => database.close());

const before = (params: Record<string, string>) =>
  periodBefore(database.db, allChannels, parseRange(params, new Date(now), 'UTC').range);

test('the period before is as long as the range and ends where it begins', async () => {
  expect(await before({ range: '7d' })).toEqual({ views: 6, botViews: 3, length: '7 days' });
  expect(await before({ range: '24h' })).toEqual({ views: 9, botViews: 0, length: '24 hours' });
});

test('months are compared by their days', async () => {
  expect(await before({ from: '2026-02-25', to: '2027-12-31' })).toEqual({
    views: 100,
    botViews: 0,
    length: '14 days',
  });
  expect(await before({ from: '2024-12-01', to: '2026-03-01' })).toMatchObject({ views: 0, length: '456 days' });
});

test('before all time there is nothing', async () => {
  expect(await before({ range: 'all' })).toBeUndefined();
});
