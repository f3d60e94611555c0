import { afterEach, expect, test } from 'vitest';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { makeTitled, type RecordedViews, recordAt } from '#test/recorded-views.ts';
import { type AtAge, type TakingOff, takingOff } from './taking-off.ts';

let database: TestDatabase;
let zone = 'UTC';

afterEach(() => database.close());

type Made = { key: string; publishedAt: string; madeAt?: string };

/** Videos of the channel harbour, made here when they were published unless told, and what was recorded for them by `now`. */
async function open(videos: Made[], views: RecordedViews[], now: string, timeZone = 'UTC') {
  zone = timeZone;
  database = await freshDatabase(timeZone);
  await makeTitled(
    database.sql,
    'harbour',
    videos.map(({ key, publishedAt }) => ({ key, title: key, publishedAt })),
  );
  for (const { key, publishedAt, madeAt = publishedAt } of videos) {
    await database.sql`update videos set created_at = ${madeAt}::text::timestamptz where key = ${key}`;
  }
  await recordAt(database, views, now, timeZone);
}

async function read(key: string, now: string): Promise<TakingOff> {
  const [row] = await database.sql<[{ id: number }]>`select id::float8 as id from videos where key = ${key}`;
  return takingOff(database.db, row.id as Parameters<typeof takingOff>[1], new Date(now), zone);
}

const at = ({ ages, current }: TakingOff, age: number): AtAge => {
  const found = [...ages, ...(current ? [current] : [])].find((one) => one.age === age);
  if (!found) throw new Error(`No figure at ${age} hours`);
  return found;
};

const earlier: Made[] = [
  { key: 'one', publishedAt: '2026-03-01T10:20:00Z' },
  { key: 'two', publishedAt: '2026-03-02T10:20:00Z' },
  { key: 'three', publishedAt: '2026-03-03T10:20:00Z' },
];
const tide: Made = { key: 'tide', publishedAt: '2026-03-10T08:30:00Z' };
const usualViews: RecordedViews[] = [
  { video: 'one', at: '2026-03-01T10:50:00Z', people: 1 },
  { video: 'one', at: '2026-03-01T15:59:59Z', people: 1, bots: 5 },
  { video: 'one', at: '2026-03-01T16:00:00Z', people: 20 },
  { video: 'two', at: '2026-03-02T10:30:00Z', people: 4 },
  { video: 'three', at: '2026-03-03T12:00:00Z', people: 9 },
];

test('people since publishing stand against the median and the quartiles of the earlier videos at the same age', async () => {
  const now = '2026-03-10T14:20:00Z';
  await open(
    [...earlier, tide],
    [
      ...usualViews,
      { video: 'tide', at: '2026-03-10T08:29:00Z', people: 2 },
      { video: 'tide', at: '2026-03-10T13:59:59Z', people: 8, bots: 3 },
      { video: 'tide', at: '2026-03-10T14:10:00Z', people: 6 },
    ],
    now,
  );
  const report = await read('tide', now);
  expect(report).toMatchObject({ ageHours: 6, begins: '2026-03-10T08:00:00Z', earlierVideos: 3, peopleBefore: 0 });
  expect(at(report, 1)).toEqual({
    ...{ age: 1, people: 2, missing: null, comparable: 3, ratio: 2 },
    usual: { low: 0.5, median: 1, high: 2.5, videos: 3 },
  });
  const sixHours = {
    ...{ age: 6, people: 10, missing: null, comparable: 3, ratio: 2.5 },
    usual: { low: 3, median: 4, high: 6.5, videos: 3 },
  };
  expect(at(report, 6)).toEqual(sixHours);
  expect(report.current).toEqual(sixHours);
  // What is usual at an age that is to come is known already.
  expect(at(report, 24)).toEqual({
    ...{ age: 24, people: null, missing: 'to_come', comparable: 3, ratio: null },
    usual: { low: 6.5, median: 9, high: 15.5, videos: 3 },
  });
  expect(report.ages.map(({ age }) => age)).toEqual([1, 6, 24, 168, 672]);
});

test('at an age between them there is a figure for now; in its first hour and after a month there is none', async () => {
  await open(
    [...earlier, tide],
    [...usualViews, { video: 'tide', at: '2026-03-10T10:59:59Z', people: 5 }],
    '2026-03-10T11:00:00Z',
  );
  expect((await read('tide', '2026-03-10T08:59:59Z')).current).toBeNull();
  expect((await read('tide', '2026-03-10T11:59:59Z')).current).toMatchObject({ age: 3, people: 5, ratio: 1.25 });
  expect((await read('tide', '2026-04-07T08:00:00Z')).current).toMatchObject({ age: 672, people: 5 });
  const old = await read('tide', '2026-04-07T09:00:00Z');
  expect([old.ageHours, old.current, at(old, 672).people]).toEqual([673, null, 5]);
});

test('removed videos, later ones, those of other channels and all but the last ten are no comparison', async () => {
  const many = Array.from({ length: 11 }, (_, n) => ({
    key: `n${n}`,
    publishedAt: `2026-03-0${1 + (n > 5 ? 1 : 0)}T0${n % 6}:00:00Z`,
  }));
  const views = many.map(({ key, publishedAt }, n) => ({ video: key, at: publishedAt, people: n === 0 ? 50 : 2 }));
  const after = { key: 'after', publishedAt: '2026-03-09T00:00:00Z' };
  const now = '2026-03-10T12:00:00Z';
  await open(
    [...many, { key: 'tide', publishedAt: '2026-03-08T00:00:00Z' }, after],
    [...views, { video: 'after', at: '2026-03-09T00:00:00Z', people: 90 }],
    now,
  );
  await makeTitled(database.sql, 'other', [{ key: 'foreign', title: 'foreign', publishedAt: '2026-03-07T00:00:00Z' }]);
  expect(at(await read('tide', now), 1).usual).toEqual({ low: 2, median: 2, high: 2, videos: 10 });
  await database.sql`update videos set removed_at = ${now}::text::timestamptz where key in ('n10', 'n9')`;
  // The one with fifty is among the last ten now.
  const report = await read('tide', now);
  expect([report.earlierVideos, at(report, 1).comparable]).toEqual([9, 9]);
});

test('of fewer than three videos nothing is usual', async () => {
  const now = '2026-03-10T14:20:00Z';
  await open([...earlier.slice(0, 2), tide], usualViews.slice(0, 4), now);
  const report = await read('tide', now);
  expect(report.earlierVideos).toBe(2);
  expect(at(report, 6)).toEqual({ age: 6, people: 0, missing: null, comparable: 2, usual: null, ratio: null });
});

test('where the median is nobody there is no ratio', async () => {
  const now = '2026-03-10T14:20:00Z';
  await open([...earlier, tide], [{ video: 'tide', at: '2026-03-10T09:00:00Z' }], now);
  expect(at(await read('tide', now), 6)).toMatchObject({ people: 1, usual: { median: 0, videos: 3 }, ratio: null });
});

test('a video that was made here days after its publication was not measured then, unless an import brought that in', async () => {
  const now = '2026-03-20T12:00:00Z';
  const late = { publishedAt: '2026-03-10T08:30:00Z', madeAt: '2026-03-12T09:00:00Z' };
  await open(
    [...earlier, { key: 'late', ...late }, { key: 'imported', ...late }, { key: 'next', ...late }],
    [
      { video: 'imported', at: '2026-03-10T20:00:00Z', people: 3 },
      { video: 'next', at: '2026-03-12T09:30:00Z', people: 3 },
      { video: 'late', at: '2026-03-11T23:00:00Z', people: 3 },
    ],
    now,
  );
  for (const key of ['late', 'next']) {
    expect(at(await read(key, now), 24)).toMatchObject({ people: null, missing: 'not_measured', ratio: null });
  }
  expect(at(await read('imported', now), 24)).toMatchObject({ people: 3, missing: null });
  await database.sql`
    update videos set published_at = '2026-03-15T00:00:00Z', created_at = '2026-03-15T00:00:00Z' where key = 'next'`;
  // Of the five before it, `late` has no figure.
  expect(at(await read('next', now), 24)).toMatchObject({ comparable: 4, people: 0 });
});

test('views from before the publication count for nothing, and are told', async () => {
  const now = '2026-03-10T22:10:00Z';
  await open(
    [{ key: 'tide', publishedAt: '2026-03-10T20:00:00Z' }],
    [
      { video: 'tide', at: '2026-03-05T12:00:00Z', people: 3, bots: 1 },
      // The day of the publication begins at 15:00 UTC in Tokyo.
      { video: 'tide', at: '2026-03-10T14:59:59Z', people: 4 },
      { video: 'tide', at: '2026-03-10T19:59:59Z', people: 5 },
      { video: 'tide', at: '2026-03-10T20:00:00Z', people: 7 },
    ],
    now,
    'Asia/Tokyo',
  );
  const report = await read('tide', now);
  expect(report.peopleBefore).toBe(12);
  expect(report.current).toMatchObject({ age: 2, people: 7 });
});

test('ages whose hours were dropped have no figure', async () => {
  const now = '2026-03-10T14:20:00Z';
  const edge = { key: 'edge', publishedAt: '2026-02-28T20:00:00Z' };
  await open([edge, ...earlier, tide], usualViews, now);
  await database.sql`
    insert into retention_drops (table_name, partition, from_day, to_day, rows, bytes, dropped_at)
    values ('video_hours', 'video_hours_20260201', '2026-02-01', '2026-03-01', 1, 1, ${now}::text::timestamptz)`;
  expect(at(await read('edge', now), 1)).toMatchObject({ people: null, missing: 'dropped' });
  expect(at(await read('tide', now), 1)).toMatchObject({ comparable: 3 });
});

test('hours are those of the reporting zone', async () => {
  const now = '2026-03-10T10:20:00Z';
  await open(
    [{ key: 'tide', publishedAt: '2026-03-10T08:20:00Z' }],
    [
      { video: 'tide', at: '2026-03-10T08:25:00Z', people: 2 },
      { video: 'tide', at: '2026-03-10T09:14:59Z', people: 3 },
      { video: 'tide', at: '2026-03-10T09:15:00Z', people: 9 },
    ],
    now,
    'Asia/Kathmandu',
  );
  const report = await read('tide', now);
  expect(report).toMatchObject({ begins: '2026-03-10T08:15:00Z', ageHours: 2 });
  expect(at(report, 1).people).toBe(5);
});

test('a publication that is to come has no age yet', async () => {
  const now = '2026-03-10T14:20:00Z';
  await open([{ key: 'tide', publishedAt: '2026-03-12T08:30:00Z' }], [], now);
  const report = await read('tide', now);
  expect([report.ageHours, report.current, at(report, 1).missing]).toEqual([-42, null, 'to_come']);
});
