// Who watched in the ranges that pages show, in Berlin; now it is noon of March 20 there.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { VideoId } from '#db/schema.ts';
import { ensureLivePartitions } from '#ingest/log-partitions.ts';
import { recordViews } from '#ingest/record-views.ts';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { channelIdOf, makeVideos, openIngest, person, rollUp, viewOf } from '#test/factories.ts';
import { parseRange } from './range.ts';
import type { Subject } from './subject.ts';
import { viewersOfRange } from './viewers-of-range.ts';

const timeZone = 'Europe/Berlin';
const now = new Date('2026-03-20T11:00:00Z');
const [ann, ben] = ['0d000000-0000-4000-a000-000000000001', '0d000000-0000-4000-a000-000000000002'];

let database: TestDatabase;
let tide: Subject;

beforeAll(async () => {
  database = await freshDatabase(timeZone);
  tide = { video: (await makeVideos(database.sql, ['tide'])).get('tide') as VideoId };
  let clock = now.getTime();
  const ingest = await openIngest(database, () => clock);
  const seen = [
    ['2026-03-12T12:00:00Z', ann],
    ['2026-03-18T22:59:59Z', ann],
    ['2026-03-18T23:00:00Z', ben],
    ['2026-03-20T10:00:00Z', ann],
    ['2026-03-20T10:00:01Z', ben],
    ['2026-03-20T10:00:02Z', ben],
  ] as const;
  for (const [at, device] of seen) {
    clock = Date.parse(at);
    await ensureLivePartitions(database.sql, new Date(clock));
    await recordViews(ingest, [viewOf('tide', at, { device })], person);
  }
  await ingest.close();
  await rollUp(database.sql, now, timeZone);
});

afterAll(() => database.close());

function of(subject: Subject, range: { range?: string; from?: string; to?: string }) {
  return viewersOfRange(database.db, subject, parseRange(range, now, timeZone).range, now, timeZone);
}

test('of a week: each viewer once, against the week before, and on each day who was new', async () => {
  expect(await of(tide, { range: '7d' })).toEqual({
    days: { from: '2026-03-14', to: '2026-03-21' },
    unique: { viewers: 2, isExact: true },
    before: { viewers: 1, isExact: true, days: 7 },
    today: { viewers: 2, isExact: true },
    perDay: [
      ...['14', '15', '16', '17'].map((day) => ({ day: `2026-03-${day}`, viewers: 0, newViewers: 0 })),
      { day: '2026-03-18', viewers: 1, newViewers: 0 },
      { day: '2026-03-19', viewers: 1, newViewers: 1 },
      { day: '2026-03-20', viewers: 2, newViewers: 0 },
    ],
  });
});

test('the last 24 hours are of the two days that they touch', async () => {
  const viewers = await of(tide, { range: '24h' });
  expect(viewers?.days).toEqual({ from: '2026-03-19', to: '2026-03-21' });
  expect(viewers?.unique).toEqual({ viewers: 2, isExact: true });
  expect(viewers?.before).toEqual({ viewers: 1, isExact: true, days: 2 });
});

test('all time has nothing before it, and shows its last 400 days', async () => {
  const viewers = await of(tide, { range: 'all' });
  expect(viewers?.unique).toEqual({ viewers: 2, isExact: false });
  expect(viewers?.before).toBeUndefined();
  expect(viewers?.perDay).toHaveLength(400);
  expect(viewers?.perDay.at(-1)).toEqual({ day: '2026-03-20', viewers: 2, newViewers: 0 });
});

test('several channels that are not all have no viewers of their own together', async () => {
  await makeVideos(database.sql, ['soup'], 'kitchen');
  const channels = [await channelIdOf(database.sql, 'harbour'), await channelIdOf(database.sql, 'kitchen')];
  expect(await of({ channels }, { range: '7d' })).toBeNull();
  expect((await of({ channels: 'all' }, { range: '7d' }))?.unique).toEqual({ viewers: 2, isExact: true });
});
