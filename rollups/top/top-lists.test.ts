// Lists of three, so that most videos are outside: whatever comes in whatever order, and while nothing does, they are those of a recount.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Sql } from '#db/client.ts';
import type { VideoId } from '#db/schema.ts';
import { ensureLivePartitions } from '#ingest/log-partitions.ts';
import { recordViews } from '#ingest/record-views.ts';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { bot, makeVideos, openIngest, person, type TestIngest, viewOf } from '#test/factories.ts';
import { tick } from '../tick.ts';

const listed = 3;
const minuteMs = 60_000;
// The last evening of a month.
const start = Date.parse('2026-02-28T21:30:00Z');
const keys = Array.from({ length: 9 }, (_, n) => `v${n}`);

type Seen = { video: number; at: number };
type World = { database: TestDatabase; lanes: TestIngest[]; ids: Map<string, VideoId>; now: number; seen: Seen[] };

const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('send' as const),
      lane: fc.nat(1),
      isBot: fc.boolean(),
      views: fc.array(fc.record({ video: fc.nat(keys.length - 1), age: fc.nat(170) }), { minLength: 1, maxLength: 8 }),
    }),
  },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('tick' as const) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      minutes: fc.oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 40, max: 130 }), fc.constant(1_500)),
    }),
  },
);
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never;

test('lists of every window are those of a recount, after every tick', { timeout: 300_000 }, async () => {
  const holds = fc.asyncProperty(fc.array(step, { minLength: 25, maxLength: 40 }), async (steps) => {
    const world = await openWorld();
    try {
      for (const one of steps) await play(world, one);
      await play(world, { do: 'tick' });
    } finally {
      for (const lane of world.lanes) await lane.close();
      await world.database.close();
    }
  });
  await fc.assert(holds, { numRuns: 10, seed: 20_261_201, endOnFailure: true });
});

async function openWorld(): Promise<World> {
  const database = await freshDatabase();
  const harbour = await makeVideos(database.sql, keys.slice(0, 6), 'harbour');
  const ids = new Map([...harbour, ...(await makeVideos(database.sql, keys.slice(6), 'quarry'))]);
  await ensureLivePartitions(database.sql, new Date(start));
  const world: World = { database, lanes: [], ids, now: start, seen: [] };
  for (let n = 0; n < 2; n++) {
    const lane = await openIngest(database, () => start);
    lane.clock = () => world.now;
    world.lanes.push(lane);
  }
  return world;
}

async function play(world: World, one: Step): Promise<void> {
  const { database } = world;
  if (one.do === 'wait') {
    world.now += one.minutes * minuteMs;
    await ensureLivePartitions(database.sql, new Date(world.now));
    return;
  }
  if (one.do === 'send') {
    const sent = one.views.map(({ video, age }) => ({ video, at: world.now - age * minuteMs }));
    const bodies = sent.map(({ video, at }) => viewOf(keys[video] ?? '', at));
    const answers = await recordViews(world.lanes[one.lane] as TestIngest, bodies, one.isBot ? bot : person);
    expect(answers.every(({ status }) => status === 'counted')).toBe(true);
    if (!one.isBot) world.seen.push(...sent);
    return;
  }
  for (let isComplete = false; !isComplete; ) {
    const result = await tick(database.sql, new Date(world.now), 'UTC', () => {}, listed);
    isComplete = result.status === 'done' && result.isComplete;
  }
  await expectRecount(world);
}

async function expectRecount({ database: { sql }, ids, now, seen }: World): Promise<void> {
  const [hour, day, month] = [13, 10, 7].map((length) => (at: number) => new Date(at).toISOString().slice(0, length));
  const hourBefore = now - 60 * minuteMs;
  const dayBefore = now - 1_440 * minuteMs;
  const monthBefore = new Date(new Date(now).setUTCDate(0)).getTime();
  const windows: [string, ((at: number) => string) | undefined, number[]][] = [
    ['hour', hour, [now, hourBefore]],
    ['day', day, [now, dayBefore]],
    ['month', month, [now, monthBefore]],
    ['total', undefined, [now]],
  ];
  for (const [grain, name, times] of windows) {
    for (const time of times) {
      const counted = seen.filter(({ at }) => name === undefined || name(at) === name(time));
      for (const channel of [0, 1, 2]) {
        const due = ranked(counted, channel, ids).slice(0, listed);
        const period = name ? new Date(`${name(time)}${'0000-01-01T00:00Z'.slice(name(time).length)}`) : undefined;
        expect([grain, channel, await storedList(sql, grain, channel, period)]).toEqual([grain, channel, due]);
      }
    }
  }
  const edge = (Math.floor(now / minuteMs) - 59) * minuteMs;
  const [current, before] = [
    seen.filter(({ at }) => at >= edge),
    seen.filter(({ at }) => at < edge && at >= edge - 60 * minuteMs),
  ];
  const sliding = async (column: string) => {
    const rows = await sql<{ video: number; people: number }[]>`
      select video_id::int as video, ${sql(column)}::int as people from sliding_hour where ${sql(column)} <> 0
      order by people desc, video_id`;
    return rows.map(({ video, people }) => [video, people]);
  };
  expect(await sliding('people')).toEqual(ranked(current, 0, ids));
  expect(await sliding('people_before')).toEqual(ranked(before, 0, ids));
}

/** [id, people], the most first, then the older video. */
function ranked(seen: Seen[], channel: number, ids: Map<string, VideoId>): [number, number][] {
  const people = new Map<number, number>();
  for (const { video } of seen) {
    const isOfChannel = channel === 0 || (channel === 1) === video < 6;
    const id = Number(ids.get(keys[video] ?? ''));
    if (isOfChannel) people.set(id, (people.get(id) ?? 0) + 1);
  }
  return [...people].sort(([a, one], [b, other]) => other - one || a - b);
}

async function storedList(sql: Sql, grain: string, channel: number, period: Date | undefined) {
  const rows = await sql<{ video: number; people: number }[]>`
    select video_id::int as video, people::int as people from top_videos
    where grain = ${grain} and channel_id = ${channel} and period = ${period?.toISOString() ?? '-infinity'}::text::timestamptz
    order by top_videos.people desc, video_id`;
  return rows.map(({ video, people }) => [video, people]);
}
