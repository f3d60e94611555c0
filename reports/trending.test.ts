import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectDb, type Db } from '#db/client.ts';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { channelIdOf } from '#test/factories.ts';
import { makeTitled, recordAt } from '#test/recorded-views.ts';
import { trending } from './trending.ts';

const now = '2026-03-20T12:30:00Z';
let database: TestDatabase;
let db: Db;

beforeAll(async () => {
  database = await freshDatabase();
  db = connectDb(database.url, { name: 'test', max: 1 });
  await makeTitled(database.sql, 'harbour', [
    { key: 'tide', title: 'Tide' },
    { key: 'nets', title: 'Nets' },
    { key: 'steady', title: 'Steady' },
  ]);
  await makeTitled(database.sql, 'quarry', [
    { key: 'gravel', title: 'Gravel' },
    { key: 'fresh', title: 'Fresh', publishedAt: '2026-03-19T00:00:00Z' },
  ]);
  await recordAt(
    database,
    [
      // Four weeks of 8, 12, 10 and 10, at whatever time of the day.
      { video: 'tide', at: '2026-02-20T11:59:00Z', people: 8 },
      { video: 'tide', at: '2026-02-26T12:00:00Z', people: 12 },
      { video: 'tide', at: '2026-03-06T03:00:00Z', people: 10 },
      { video: 'tide', at: '2026-03-13T03:00:00Z', people: 10 },
      // Other hours of the weeks before, and the hour that is not over, are of no account.
      { video: 'tide', at: '2026-03-13T12:00:00Z', people: 70 },
      { video: 'tide', at: '2026-03-19T12:00:00Z', people: 40 },
      { video: 'tide', at: '2026-03-20T11:59:00Z', people: 20 },
      { video: 'tide', at: '2026-03-20T12:00:00Z', people: 30 },
      { video: 'tide', at: '2026-03-20T11:00:00Z', bots: 500 },
      { video: 'nets', at: '2026-03-20T10:00:00Z', people: 49 },
      { video: 'steady', at: '2026-03-13T10:00:00Z', people: 100 },
      { video: 'steady', at: '2026-03-20T10:00:00Z', people: 60 },
      { video: 'gravel', at: '2026-03-20T10:00:00Z', people: 50 },
      { video: 'fresh', at: '2026-03-20T10:00:00Z', people: 400 },
    ],
    now,
  );
});

afterAll(async () => {
  await db.$client.end();
  await database.close();
});

test('what grows is held against the same hours of four weeks, fifty people at least', async () => {
  const found = await trending(db, 'all', new Date(now), 'UTC', 10);
  expect(found.map(({ key, people, usual, weeks, growth }) => [key, people, usual, weeks, growth])).toEqual([
    // Against nobody, which counts as five.
    ['gravel', 50, 0, 4, 10],
    ['tide', 60, 10, 4, 6],
    // 60 against a mean of 25.
    ['steady', 60, 25, 4, 2.4],
  ]);
});

test('a creator sees what grows in their own channels', async () => {
  const harbour = await channelIdOf(database.sql, 'harbour');
  const found = await trending(db, [harbour], new Date(now), 'UTC', 1);
  expect(found.map(({ key }) => key)).toEqual(['tide']);
});
