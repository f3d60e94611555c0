import { afterEach, expect, test } from 'vitest';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { makeVideos } from '#test/factories.ts';
import { type RecordedViews, recordAt } from '#test/recorded-views.ts';
import { explain } from './explain.ts';
import type { FigureTime } from './explain-address.ts';

let database: TestDatabase;

afterEach(() => database.close());

async function open(timeZone: string, now: string, entries: RecordedViews[]) {
  database = await freshDatabase(timeZone);
  await makeVideos(database.sql, ['tide']);
  await recordAt(database, entries, now, timeZone);
  return async (time: FigureTime) => {
    const found = await explain(database.db, 'all', { owner: { video: 'tide' }, time }, new Date(now), timeZone);
    if (found.status !== 'explained' || found.log.status !== 'listed') throw new Error(`It is ${found.status}.`);
    return { views: found.counts.views, span: found.span, rows: found.log.rows.map(({ viewedAt }) => viewedAt) };
  };
}

test('a day of 25 hours has the rows of all of them, in each hour its own', async () => {
  const of = await open('Europe/Berlin', '2026-10-26T12:00:00Z', [
    { video: 'tide', at: '2026-10-24T21:59:59Z' },
    { video: 'tide', at: '2026-10-24T22:00:00Z' },
    // Half past two, twice.
    { video: 'tide', at: '2026-10-25T00:30:00Z' },
    { video: 'tide', at: '2026-10-25T01:30:00Z' },
    { video: 'tide', at: '2026-10-25T22:59:59Z' },
    { video: 'tide', at: '2026-10-25T23:00:00Z' },
  ]);
  expect(await of({ unit: 'day', from: '2026-10-25', to: '2026-10-26' })).toMatchObject({
    views: 4,
    span: { from: '2026-10-24T22:00:00.000Z', to: '2026-10-25T23:00:00.000Z' },
    rows: [
      '2026-10-24T22:00:00.000Z',
      '2026-10-25T00:30:00.000Z',
      '2026-10-25T01:30:00.000Z',
      '2026-10-25T22:59:59.000Z',
    ],
  });
  const second = { unit: 'hour', from: '2026-10-25T01:00:00Z', to: '2026-10-25T02:00:00Z' } as const;
  expect(await of(second)).toMatchObject({ views: 1, rows: ['2026-10-25T01:30:00.000Z'] });
});

test('where a clock goes back by half an hour, the two hours of one name share no row', async () => {
  const of = await open('Australia/Lord_Howe', '2026-04-05T15:10:00Z', [
    { video: 'tide', at: '2026-04-04T14:45:00Z' },
    { video: 'tide', at: '2026-04-04T15:05:00Z' },
    { video: 'tide', at: '2026-04-04T15:45:00Z' },
  ]);
  expect(await of({ unit: 'hour', from: '2026-04-04T14:00:00Z', to: '2026-04-04T14:30:00Z' })).toMatchObject({
    views: 1,
    rows: ['2026-04-04T14:45:00.000Z'],
  });
  expect(await of({ unit: 'hour', from: '2026-04-04T14:30:00Z', to: '2026-04-04T15:30:00Z' })).toMatchObject({
    views: 1,
    rows: ['2026-04-04T15:05:00.000Z'],
  });
});
