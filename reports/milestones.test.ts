import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { VideoId } from '#db/schema.ts';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { makeVideos } from '#test/factories.ts';
import { recordAt } from '#test/recorded-views.ts';
import { milestonesOf } from './milestones.ts';

let database: TestDatabase;
let ids: Map<string, VideoId>;
const idOf = (key: string) => ids.get(key) ?? (0 as VideoId);

beforeAll(async () => {
  database = await freshDatabase('Asia/Tokyo');
  ids = await makeVideos(database.sql, ['tide', 'storm', 'random']);
});
afterAll(() => database.close());

const read = (key: string) => milestonesOf(database.db, idOf(key), 'Asia/Tokyo');

test('a milestone is of the day and the hour in which the people reached it, in the reporting zone', async () => {
  await recordAt(
    database,
    [
      { video: 'tide', at: '2026-03-01T12:00:00Z', people: 990, bots: 100 },
      // From 15:00 UTC it is March 3 in Tokyo.
      { video: 'tide', at: '2026-03-02T15:10:00Z', people: 9 },
      { video: 'tide', at: '2026-03-02T18:59:59Z', people: 1 },
      { video: 'tide', at: '2026-03-02T19:00:00Z', people: 30 },
      { video: 'storm', at: '2026-03-01T12:00:00Z', people: 999, bots: 100 },
    ],
    '2026-03-10T12:00:00Z',
    'Asia/Tokyo',
  );
  expect(await read('tide')).toEqual([{ people: 1_000, day: '2026-03-03', hour: '2026-03-02T18:00:00Z' }]);
  expect(await read('storm')).toEqual([]);
});

test('an hour that is no longer kept leaves the day', async () => {
  await database.sql`delete from video_hours where video_id = ${idOf('tide')} and hour < '2026-03-02T16:00:00Z'`;
  expect(await read('tide')).toEqual([{ people: 1_000, day: '2026-03-03', hour: null }]);
});

// Straight into the aggregates: a million views would not come in by the door within a test.
const hours = fc.uniqueArray(
  fc.record({
    hour: fc.integer({ min: 0, max: 24 * 40 }),
    people: fc.oneof(fc.integer({ min: 0, max: 700 }), fc.integer({ min: 0, max: 400_000 }), fc.constant(0)),
    bots: fc.integer({ min: 0, max: 500 }),
  }),
  { selector: ({ hour }) => hour, minLength: 1, maxLength: 25 },
);

test('milestones are those of a recount, whatever the hours hold', async () => {
  const video = idOf('random');
  // A day begins at 15:00 UTC.
  const first = Date.parse('2026-02-28T15:00:00Z');
  const instantOf = (hour: number) => new Date(first + hour * 3_600_000).toISOString();
  const dayOf = (hour: number) => new Date(Date.parse('2026-03-01') + Math.floor(hour / 24) * 86_400_000);
  await recordAt(database, [{ video: 'tide', at: '2026-04-12T12:00:00Z' }], '2026-04-12T12:00:00Z', 'Asia/Tokyo');
  await fc.assert(
    fc.asyncProperty(hours, async (drawn) => {
      await database.sql`delete from video_hours where video_id = ${video}`;
      await database.sql`delete from video_days where video_id = ${video}`;
      for (const { hour, people, bots } of drawn) {
        const counts = database.sql`${people + bots}::int, ${bots}::int`;
        await database.sql`insert into video_hours values (${video}, ${instantOf(hour)}::text::timestamptz, ${counts})`;
        await database.sql`
          insert into video_days as d values (${video}, ${dayOf(hour).toISOString().slice(0, 10)}::text::date, ${counts})
          on conflict (video_id, day) do update set views = d.views + excluded.views, bot_views = d.bot_views + excluded.bot_views`;
      }
      const expected: unknown[] = [];
      let reached = 0;
      for (const { hour, people } of drawn.toSorted((a, b) => a.hour - b.hour)) {
        for (const milestone of [1_000, 10_000, 100_000, 1_000_000]) {
          if (reached < milestone && reached + people >= milestone) {
            expected.push({
              people: milestone,
              day: dayOf(hour).toISOString().slice(0, 10),
              hour: `${instantOf(hour).slice(0, 19)}Z`,
            });
          }
        }
        reached += people;
      }
      expect(await read('random')).toEqual(expected);
    }),
    { numRuns: 60 },
  );
});
