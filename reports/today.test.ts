import { afterEach, expect, test } from 'vitest';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { makeVideos } from '#test/factories.ts';
import { type RecordedViews, recordAt } from '#test/recorded-views.ts';
import { allChannels } from './subject.ts';
import { todayAgainstYesterday } from './today.ts';

let database: TestDatabase;

afterEach(() => database.close());

async function compare(timeZone: string, now: string, entries: RecordedViews[]) {
  database = await freshDatabase(timeZone);
  await makeVideos(database.sql, ['tide']);
  await recordAt(database, entries, now, timeZone);
  return todayAgainstYesterday(database.db, allChannels, new Date(now), timeZone);
}

test('yesterday is counted up to the same minute', async () => {
  const result = await compare('Europe/Berlin', '2026-03-10T13:45:30Z', [
    { video: 'tide', at: '2026-03-08T22:59:59Z', people: 9 },
    { video: 'tide', at: '2026-03-08T23:00:00Z', people: 2, bots: 1 },
    { video: 'tide', at: '2026-03-09T12:59:59Z', people: 3 },
    { video: 'tide', at: '2026-03-09T13:44:59Z', people: 4 },
    { video: 'tide', at: '2026-03-09T13:45:00Z', people: 9 },
    { video: 'tide', at: '2026-03-09T22:59:59Z', people: 9 },
    { video: 'tide', at: '2026-03-09T23:00:00Z', people: 5, bots: 2 },
  ]);
  expect(result).toEqual({
    today: { views: 7, botViews: 2 },
    yesterdaySoFar: { views: 10, botViews: 1 },
    hasYesterday: true,
  });
});

test('without a view yesterday there is nothing to compare with', async () => {
  const result = await compare('UTC', '2026-03-10T13:45:30Z', [{ video: 'tide', at: '2026-03-10T13:00:00Z' }]);
  expect(result).toEqual({
    today: { views: 1, botViews: 0 },
    yesterdaySoFar: { views: 0, botViews: 0 },
    hasYesterday: false,
  });
});

test('the same time is that on the clock, though the night was an hour longer', async () => {
  // 08:30 in Berlin on the day the clocks went back is 07:30 UTC; the day before it was 06:30 UTC.
  const result = await compare('Europe/Berlin', '2026-10-25T07:30:00Z', [
    { video: 'tide', at: '2026-10-24T06:29:00Z', people: 2 },
    { video: 'tide', at: '2026-10-24T06:31:00Z', people: 9 },
    { video: 'tide', at: '2026-10-24T22:00:00Z', people: 4 },
  ]);
  expect(result.yesterdaySoFar.views).toBe(2);
  expect(result.today.views).toBe(4);
});

test('a clock that went back by half an hour yesterday counts nothing twice', async () => {
  // 01:40 in Lord Howe; yesterday 01:40 came twice, the second time at 15:10 UTC.
  const result = await compare('Australia/Lord_Howe', '2026-04-05T15:10:00Z', [
    { video: 'tide', at: '2026-04-04T13:30:00Z' },
    { video: 'tide', at: '2026-04-04T14:20:00Z', people: 2 },
    { video: 'tide', at: '2026-04-04T14:45:00Z', people: 4 },
    { video: 'tide', at: '2026-04-04T15:05:00Z', people: 8 },
    { video: 'tide', at: '2026-04-04T15:20:00Z', people: 16 },
  ]);
  expect(result.yesterdaySoFar.views).toBe(15);
});
