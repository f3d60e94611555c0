// Views of keys that nobody has, where their channel may let the first of them make the video.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { archiveChannel } from '#channels/archive-channel.ts';
import type { ChannelId } from '#db/schema.ts';
import { videoByKey } from '#reports/video-by-key.ts';
import { newBearer } from '#test/bearer.ts';
import { channelIdOf, rollUp, viewOf } from '#test/factories.ts';
import { answers, type FirstViewWorld, letMake, madeIn, openFirstViewWorld } from '#test/first-views.ts';
import { deleteVideo } from '#videos/delete-video.ts';
import { mergeVideo } from '#videos/merge-video.ts';

const dayMs = 86_400_000;
const start = Date.parse('2026-03-10T10:00:00Z');
const timeZone = 'UTC';
const author = { actor: 'command', now: new Date(start) } as const;
let world: FirstViewWorld;

beforeAll(async () => {
  world = await openFirstViewWorld(start, timeZone);
});
afterAll(() => world.close());

test('a key that nobody has is unknown until its channel makes videos at their first view', async () => {
  await letMake(world, 'dunes', ['dunes.example'], 0);
  expect(await answers(world, 'dunes.example', ['sand'])).toEqual(['unknown_video']);
  await letMake(world, 'dunes', [], 5);
  expect(await answers(world, 'www.dunes.example:8443', ['sand', 'sand', 'tide'])).toEqual([
    'counted',
    'counted',
    'counted',
  ]);
  world.asked = 0;
  expect(await answers(world, 'dunes.example', ['sand', 'tide'])).toEqual(['counted', 'counted']);
  expect(world.asked).toBe(0);
  const video = await videoByKey(world.database.db, 'all', 'sand');
  expect(video).toMatchObject({ key: 'sand', title: 'sand', channel: { handle: 'dunes' } });
  expect(video?.publishedAt).toBe('2026-03-10T10:00:00Z');
});

test.each([
  ['titled', '  Ships \n on\u0000the  sand ', 'Ships on the sand'],
  ['long', 'é🚢'.repeat(400), 'é🚢'.repeat(250)],
  ['blank', ' \t', 'blank'],
  ['absent', undefined, 'absent'],
  ['half', `${'a'.repeat(499)}\ud83d`, `${'a'.repeat(499)}\ufffd`],
])('a video has the title of its page, as far as there is one: %s', async (key, title, expected) => {
  await letMake(world, 'titles', ['titles.example'], 10);
  expect(await answers(world, 'titles.example', [key], { title })).toEqual(['counted']);
  expect((await videoByKey(world.database.db, 'all', key))?.title).toBe(expected);
});

test('only a page that names a site of the list makes videos', async () => {
  await letMake(world, 'strict', ['strict.example', 'none', 'null'], 10);
  const strangers: Record<string, string>[] = [
    { origin: 'https://elsewhere.example' },
    { origin: 'https://strict.example.elsewhere.example' },
    { origin: 'null' },
    {},
    { origin: new URL(world.doors[0].url).origin, 'sec-fetch-site': 'same-origin' },
  ];
  world.asked = 0;
  for (const headers of strangers) {
    const response = await world.doors[0].post(viewOf('sneaked', world.now, { channel: 'strict' }), headers);
    expect(await response.json()).toMatchObject({ reason: 'unknown_video' });
  }
  expect(world.asked).toBe(0);
  expect(await madeIn(world, 'strict')).toEqual([]);
});

test('where several channels make videos for a site, the view has to name one of them', async () => {
  await letMake(world, 'left', ['shared.example'], 10);
  await letMake(world, 'right', ['*.shared.example', 'shared.example'], 10);
  const response = await world.doors[0].post(viewOf('which', world.now), { origin: 'https://shared.example' });
  expect(await response.json()).toMatchObject({
    reason: 'unknown_video',
    message: 'several channels make videos at their first view for this sender: name one with data-channel, or channel',
  });
  expect(await answers(world, 'shared.example', ['which'], { channel: 'harbour' })).toEqual(['unknown_video']);
  expect(await answers(world, 'shared.example', ['which'], { channel: 'right' })).toEqual(['counted']);
  // Of a video that there is, it says nothing.
  expect(await answers(world, 'shared.example', ['which'], { channel: 'left' })).toEqual(['counted']);
  // Only one of them allows the sub-domain.
  expect(await answers(world, 'sub.shared.example', ['that'])).toEqual(['counted']);
  expect([await madeIn(world, 'left'), await madeIn(world, 'right')]).toEqual([[], ['that', 'which']]);
});

test('a server makes videos in the channel that its key is for, or that it names', async () => {
  await letMake(world, 'ours', ['ours.example'], 10);
  await letMake(world, 'theirs', ['theirs.example'], 10);
  const ids = {
    ours: await channelIdOf(world.database.sql, 'ours'),
    theirs: await channelIdOf(world.database.sql, 'theirs'),
  };
  const one = await bearer([ids.ours]);
  const two = await bearer([ids.ours, ids.theirs]);
  const all = await bearer(null);
  const send = async (headers: Record<string, string>, key: string, channel?: string) => {
    const results = await (await world.doors[0].post([viewOf(key, world.now, { channel })], headers)).json();
    return results[0].reason ?? results[0].status;
  };
  expect(await send(one, 'k1')).toBe('counted');
  expect(await send(one, 'k2', 'ours')).toBe('counted');
  expect(await send(one, 'k3', 'theirs')).toBe('unknown_video');
  expect(await send(two, 'k3')).toBe('unknown_video');
  expect(await send(two, 'k3', 'theirs')).toBe('counted');
  expect(await send(all, 'k4')).toBe('unknown_video');
  expect(await send(all, 'k4', 'theirs')).toBe('counted');
  expect(await send(await bearer([await channelIdOf(world.database.sql, 'harbour')]), 'k5')).toBe('unknown_video');
  expect([await madeIn(world, 'ours'), await madeIn(world, 'theirs')]).toEqual([
    ['k1', 'k2'],
    ['k3', 'k4'],
  ]);
});

test('a view that would not be counted makes no video', async () => {
  await letMake(world, 'clock', ['clock.example'], 10);
  expect(await answers(world, 'clock.example', ['late'], { id: viewOf('', world.now - 8 * dayMs).id })).toEqual([
    'too_old',
  ]);
  expect(await answers(world, 'clock.example', ['skewed'], { sentAt: world.now - 61_000 })).toEqual(['clock_skew']);
  expect(await answers(world, 'clock.example', ['not/a/key'])).toEqual(['invalid']);
  expect(await answers(world, 'clock.example', ['untitled'], { title: 7 })).toEqual(['invalid']);
  expect(await madeIn(world, 'clock')).toEqual([]);
});

test('what was deleted or merged never comes back by a view', async () => {
  await letMake(world, 'grave', ['grave.example'], 10);
  expect(await answers(world, 'grave.example', ['gone', 'kept'])).toEqual(['counted', 'counted']);
  await rollUp(world.database.sql, world.now, timeZone);
  await deleteVideo(world.database.sql, 'gone', author);
  await mergeVideo(world.database.sql, 'storm', 'kept', author);
  for (const process of [0, 1]) {
    await expect.poll(() => answers(world, 'grave.example', ['gone'], {}, process)).toEqual(['unknown_video']);
    world.asked = 0;
    expect(await answers(world, 'grave.example', ['gone', 'storm'], {}, process)).toEqual(['unknown_video', 'counted']);
    expect(world.asked).toBe(0);
  }
  expect((await madeIn(world, 'grave')).sort()).toEqual(['gone', 'kept']);
  expect(await videoByKey(world.database.db, 'all', 'gone')).toBeUndefined();
});

test('an archived channel makes none', async () => {
  await letMake(world, 'closed', ['closed.example'], 10);
  expect(await answers(world, 'closed.example', ['before'])).toEqual(['counted']);
  await archiveChannel(world.database.sql, 'closed', author);
  await expect.poll(() => answers(world, 'closed.example', [`after-${Math.random()}`])).toEqual(['unknown_video']);
});

const bearer = (channelIds: ChannelId[] | null) => newBearer(world.database, world.processes[0], { channelIds });
