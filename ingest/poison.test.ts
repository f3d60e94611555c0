// A view that the database refuses (screening lets none through that we know of) takes none of its neighbours with it.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { VideoId } from '#db/schema.ts';
import type { TestDatabase } from '#test/database.ts';
import { logView, openLog } from '#test/factories.ts';
import type { LogView } from './flush.ts';
import { Recorder } from './recorder.ts';

const now = Date.parse('2026-03-10T12:00:00Z');
let database: TestDatabase;
let recorder: Recorder;
let tide: VideoId;

beforeAll(async () => {
  ({ database, tide } = await openLog(now));
  recorder = new Recorder(database.url);
});

beforeEach(() => database.sql`truncate video_views, screening_minutes`);

afterAll(async () => {
  await recorder.close();
  await database.close();
});

const unstorable = { status: 'rejected', reason: 'invalid', field: 'view', message: 'could not be stored' };
const poisons: [string, Partial<LogView>, object][] = [
  ['a NUL in the site', { site: 'a\0b' }, unstorable],
  ['a NUL in the browser', { browser: 'a\0b' }, unstorable],
  ['an id that is no uuid', { id: 'not-a-uuid' }, unstorable],
  ['an id that breaks out of its array', { id: 'a},{b","c' }, unstorable],
  ['a viewer that is no uuid', { viewer: 'nobody' }, unstorable],
  ['a time that overflows', { viewedAt: 1e300 }, unstorable],
  ['a time that is no number', { viewedAt: Number.NaN }, unstorable],
  ['a time that no partition can hold', { viewedAt: 2.8e14 }, unstorable],
  ['a video id that overflows', { videoId: (2 ** 64) as VideoId }, unstorable],
  ['a video that does not exist', { videoId: 987_654 as VideoId }, { status: 'rejected', reason: 'unknown_video' }],
];

test.each(poisons)('%s is rejected alone among 500', async (_, poison, rejection) => {
  const views = Array.from({ length: 500 }, () => logView(tide, now));
  const place = 137;
  views[place] = { ...logView(tide, now), ...poison };
  // Three requests that end up in one flush.
  const parts = [views.slice(0, 100), views.slice(100, 300), views.slice(300)];
  const outcomes = (await Promise.all(parts.map((part) => recorder.record(part)))).flat();
  expect(outcomes[place]).toEqual(rejection);
  expect(outcomes.filter(({ status }) => status === 'counted')).toHaveLength(499);
  const logged = await database.sql<{ id: string }[]>`select id from video_views order by id`;
  expect(logged.map(({ id }) => id)).toEqual(
    views
      .toSpliced(place, 1)
      .map(({ id }) => id)
      .sort(),
  );
  const refused = await database.sql`select reason, views::int from screening_minutes`;
  expect(refused).toEqual([{ reason: (rejection as { reason: string }).reason, views: 1 }]);
});

test('several poison views, and copies of one, are each rejected', async () => {
  const poison = { ...logView(tide, now), site: 'a\0b' };
  const views = [poison, logView(tide, now), { ...logView(tide, now), viewer: 'x' }, poison, logView(tide, now)];
  const outcomes = await recorder.record(views);
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'counted', 'rejected', 'rejected', 'counted']);
  expect(await database.sql`select reason, views::int from screening_minutes`).toEqual([
    { reason: 'invalid', views: 3 },
  ]);
});

test('a lone surrogate is stored as the replacement character', async () => {
  await recorder.record([logView(tide, now, { referrer: 'a\ud800b' })]);
  expect(await database.sql`select referrer from video_views`).toEqual([{ referrer: 'a\ufffdb' }]);
});

test.each(['"', '\\', 'null', 'NULL', '{}', 'a,b', '', ' ', "'; drop table videos; --"])(
  'the text %j is stored as it is',
  async (referrer) => {
    await recorder.record([logView(tide, now, { referrer })]);
    expect(await database.sql`select referrer from video_views`).toEqual([{ referrer }]);
  },
);
