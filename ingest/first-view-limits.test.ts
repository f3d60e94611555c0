// First views that come all at once, in two processes, and as many a day as their channel lets.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { lifetime } from '#reports/lifetime.ts';
import { videoByKey } from '#reports/video-by-key.ts';
import { checkInvariants } from '#rollups/checker.ts';
import { makeVideos, rollUp, viewOf } from '#test/factories.ts';
import { answers, type FirstViewWorld, letMake, madeIn, openFirstViewWorld } from '#test/first-views.ts';
import { deleteVideo } from '#videos/delete-video.ts';

// 23:00 of the reporting zone.
const start = Date.parse('2026-03-10T10:00:00Z');
const timeZone = 'Pacific/Auckland';
const author = { actor: 'command', now: new Date(start) } as const;
let world: FirstViewWorld;

beforeAll(async () => {
  world = await openFirstViewWorld(start, timeZone);
});
afterAll(() => world.close());

test('a hundred first views at once in two processes make one video, and each is counted once', async () => {
  await letMake(world, 'race', ['race.example'], 1);
  const views = Array.from({ length: 100 }, (_, i) => viewOf('start', world.now, { title: `Page ${i}` }));
  const send = () =>
    Promise.all(
      views.map((view, i) => world.doors[i % 2]?.post(view, { origin: 'https://race.example' }).then((r) => r.json())),
    );
  expect(await send()).toEqual(views.map(({ id }) => ({ id, status: 'counted' })));
  expect(await send()).toEqual(views.map(({ id }) => ({ id, status: 'duplicate' })));
  expect(await madeIn(world, 'race')).toEqual(['start']);
  expect(await viewsOf('start')).toBe(100);
});

test('two processes make as many videos a day as the channel may, and tell the rest', async () => {
  await letMake(world, 'flood', ['flood.example'], 10);
  const keys = Array.from({ length: 40 }, (_, i) => `flood-${i}`);
  const sent = await Promise.all(keys.map((key, i) => answers(world, 'flood.example', [key], {}, i % 2)));
  const counted = keys.filter((_, i) => sent[i]?.[0] === 'counted');
  expect(counted.length).toBe(10);
  expect(sent.flat().filter((answer) => answer === 'too_many_videos').length).toBe(30);
  expect(await madeIn(world, 'flood')).toEqual(counted.toSorted());
  const refused = await world.database.sql`
    select origin, video_id::int as video, sum(views)::int as views from screening_minutes
    where reason = 'too_many_videos' group by 1, 2`;
  expect(refused).toEqual([{ origin: 'flood.example', video: 0, views: 30 }]);
  // One that is made by hand counts from then on, and takes no place.
  await makeVideos(world.database.sql, ['by-hand'], 'by-hand');
  expect(await answers(world, 'flood.example', ['by-hand'])).toEqual(['counted']);
});

test('a channel that may make more does so at once', async () => {
  await letMake(world, 'raised', ['raised.example'], 1);
  const keys = ['r1', 'r2', 'r3'];
  expect(await answers(world, 'raised.example', keys)).toEqual(['counted', 'too_many_videos', 'too_many_videos']);
  await letMake(world, 'raised', [], 2);
  const more = ['counted', 'counted', 'too_many_videos'];
  await expect.poll(() => answers(world, 'raised.example', keys)).toEqual(more);
});

test('once the day is full a flood of made-up keys costs no query, and the next reporting day begins anew', async () => {
  await letMake(world, 'full', ['full.example'], 2);
  const three = () =>
    answers(
      world,
      'full.example',
      ['one', 'two', 'three'].map((key) => `${key}-${world.now}`),
    );
  expect(await three()).toEqual(['counted', 'counted', 'too_many_videos']);
  world.asked = 0;
  for (let i = 0; i < 10; i++) {
    const keys = Array.from({ length: 50 }, (_, k) => `made-up-${i}-${k}`);
    expect(new Set(await answers(world, 'full.example', keys))).toEqual(new Set(['too_many_videos']));
  }
  expect(world.asked).toBe(0);
  // Midnight in Auckland is at 11:00 UTC, and not at midnight UTC.
  world.now = start + 59 * 60_000;
  expect(await three()).toEqual(['too_many_videos', 'too_many_videos', 'too_many_videos']);
  world.now = start + 60 * 60_000;
  expect(await three()).toEqual(['counted', 'counted', 'too_many_videos']);
  expect((await madeIn(world, 'full')).length).toBe(4);
});

test('a deleted video goes on taking its place of the day', async () => {
  await letMake(world, 'spent', ['spent.example'], 1);
  expect(await answers(world, 'spent.example', ['spent'])).toEqual(['counted']);
  await rollUp(world.database.sql, world.now, timeZone);
  await deleteVideo(world.database.sql, 'spent', author);
  expect(await answers(world, 'spent.example', ['spent-too'])).toEqual(['too_many_videos']);
});

test('log and aggregates balance', async () => {
  await rollUp(world.database.sql, world.now, timeZone);
  const findings = await checkInvariants(world.database.sql, new Date(world.now), timeZone);
  expect(findings.length).toBeGreaterThan(3);
  expect(findings.filter(({ holds }) => !holds)).toEqual([]);
});

async function viewsOf(key: string): Promise<number | undefined> {
  await rollUp(world.database.sql, world.now, timeZone);
  const video = await videoByKey(world.database.db, 'all', key);
  return video && (await lifetime(world.database.db, { video: video.id })).views;
}
