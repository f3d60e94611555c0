// Views of devices on two lanes, with everything that changes whose they are: verdicts, users, merges, moves, closings. What is done is
// kept by hand beside it, to be counted anew.
import fc from 'fast-check';
import { expect } from 'vitest';
import { connectDb, type Db } from '#db/client.ts';
import type { VideoId } from '#db/schema.ts';
import { ensureLivePartitions } from '#ingest/log-partitions.ts';
import { recordViews } from '#ingest/record-views.ts';
import { closeDay } from '#rollups/close-day.ts';
import { openProofSession } from '#rollups/proof-session.ts';
import { changeVerdict } from '#verdicts/change-verdict.ts';
import { reverseVerdict } from '#verdicts/reverse-verdict.ts';
import { mergeVideo } from '#videos/merge-video.ts';
import { moveVideo } from '#videos/move-video.ts';
import { undoMerge } from '#videos/undo-merge.ts';
import { bindDevices, reverseBinding } from '#viewers/bind-device.ts';
import { freshDatabase, type TestDatabase } from './database.ts';
import { bot, makeVideos, openIngest, person, rollUp, type TestIngest, viewOf } from './factories.ts';

export const dayMs = 86_400_000;
export const timeZone = 'Asia/Kathmandu';
export const now = Date.parse('2026-03-20T12:00Z');
export const keys = ['v0', 'v1', 'v2'];
const devices = Array.from({ length: 6 }, (_, n) => `0d000000-0000-4000-a000-00000000000${n}`);
const users = ['0e000000-0000-8000-b000-000000000001', '0e000000-0000-8000-b000-000000000002'];

type Seen = { video: string; device: string; at: number; isBot: boolean };
type Changed = { id: number; video: string; from: number; to: number; verdict: 'bot' | 'person' };
export type ViewersWorld = {
  database: TestDatabase;
  db: Db;
  lanes: TestIngest[];
  ids: Map<string, VideoId>;
  seen: Seen[];
  changes: Changed[];
  userOf: Map<string, string>;
  channelOf: Map<string, string>;
  mergedInto: Map<string, string>;
};

const some = fc.nat(1_000);
const age = fc.oneof(fc.integer({ min: 0, max: 3_600_000 }), fc.integer({ min: 0, max: 6 * dayMs }));
export const step = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      do: fc.constant('send' as const),
      lane: fc.nat(1),
      isBot: fc.boolean(),
      views: fc.array(fc.record({ video: some, device: some, age }), { minLength: 1, maxLength: 12 }),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('tick' as const) }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('bind' as const), device: some, user: some }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('unbind' as const), device: some }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('judge' as const),
      video: some,
      age,
      length: fc.integer({ min: 60_000, max: 3 * dayMs }),
      verdict: fc.constantFrom('bot' as const, 'person' as const),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('reverse' as const), change: some }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('move' as const), video: some }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('merge' as const), video: some, into: some }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('part' as const), video: some }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('close' as const), daysAgo: fc.integer({ min: 1, max: 6 }) }) },
);
export type Step = typeof step extends fc.Arbitrary<infer One> ? One : never;

export async function openViewersWorld(): Promise<ViewersWorld> {
  const database = await freshDatabase(timeZone);
  const harbour = await makeVideos(database.sql, ['v0', 'v1'], 'harbour');
  const quarry = await makeVideos(database.sql, ['v2'], 'quarry');
  await ensureLivePartitions(database.sql, new Date(now));
  return {
    database,
    db: connectDb(database.url, { name: 'test', max: 2 }),
    lanes: [await openIngest(database, () => now), await openIngest(database, () => now)],
    ids: new Map([...harbour, ...quarry]),
    seen: [],
    changes: [],
    userOf: new Map(),
    channelOf: new Map(keys.map((key) => [key, key === 'v2' ? 'quarry' : 'harbour'])),
    mergedInto: new Map(),
  };
}

export async function closeViewersWorld({ database, db, lanes }: ViewersWorld): Promise<void> {
  for (const lane of lanes) await lane.close();
  await db.$client.end();
  await database.close();
}

const author = { actor: 'command', now: new Date(now) } as const;

export async function playStep(world: ViewersWorld, one: Step): Promise<void> {
  const { database, lanes, userOf, changes, mergedInto, channelOf } = world;
  switch (one.do) {
    case 'send': {
      const sent = one.views.map((view) => ({
        video: pick(keys, view.video),
        device: pick(devices, view.device),
        at: now - view.age,
        isBot: one.isBot,
      }));
      const bodies = sent.map(({ video, device, at }) => viewOf(video, at, { device }));
      // Some twice.
      const answers = await recordViews(
        lanes[one.lane] as TestIngest,
        [...bodies, ...bodies.slice(0, 2)],
        one.isBot ? bot : person,
      );
      expect(answers.filter(({ status }) => status === 'counted')).toHaveLength(bodies.length);
      world.seen.push(...sent);
      return;
    }
    case 'tick':
      return rollUp(database.sql, now, timeZone);
    case 'bind': {
      const [device, user] = [pick(devices, one.device), pick(users, one.user)];
      const [answer] = await bindDevices(database.sql, [{ device, userViewer: user }], author);
      const bound = userOf.get(device);
      expect(answer?.status).toBe(bound === undefined ? 'bound' : bound === user ? 'unchanged' : 'taken');
      if (bound === undefined) userOf.set(device, user);
      return;
    }
    case 'unbind': {
      const device = pick(devices, one.device);
      const { status } = await reverseBinding(database.sql, device, author);
      expect(status).toBe(userOf.delete(device) ? 'reversed' : 'not_bound');
      return;
    }
    case 'judge':
      return judge(world, one);
    case 'reverse': {
      const change = changes[one.change % Math.max(1, changes.length)];
      if (!change) return;
      const video = mergedInto.get(change.video) ?? change.video;
      const { status } = await reverseVerdict(database.sql, video, change.id, author, timeZone);
      expect(status).toBe('reversed');
      world.changes = changes.filter(({ id }) => id !== change.id);
      return;
    }
    case 'move': {
      const video = pick(keys, one.video);
      const to = channelOf.get(video) === 'quarry' ? 'harbour' : 'quarry';
      const { status } = await moveVideo(database.sql, video, to, author);
      if (status === 'moved') channelOf.set(video, to);
      return;
    }
    case 'merge': {
      const [video, into] = [pick(keys, one.video), pick(keys, one.into)];
      const { status } = await mergeVideo(database.sql, video, into, author);
      if (status !== 'merged') return;
      for (const [key, target] of mergedInto) if (target === video) mergedInto.set(key, into);
      mergedInto.set(video, into);
      return;
    }
    case 'part': {
      const video = pick(keys, one.video);
      const { status } = await undoMerge(database.sql, video, author);
      expect(status).toBe(mergedInto.delete(video) ? 'undone' : 'not_merged');
      return;
    }
    case 'close': {
      await rollUp(database.sql, now, timeZone);
      const session = await openProofSession(database.url, 'close');
      const day = new Date(now - one.daysAgo * dayMs).toISOString().slice(0, 10);
      const closing = await closeDay(session, day, timeZone, new Date(now)).finally(() => session.end());
      expect(closing).toMatchObject({ status: 'closed', isBalanced: true, proof: { differingBuckets: 0 } });
      return;
    }
  }
}

async function judge(
  world: ViewersWorld,
  { video, age, length, verdict }: Extract<Step, { do: 'judge' }>,
): Promise<void> {
  const { database, changes, mergedInto } = world;
  const key = pick(keys, video);
  const [from, to] = [now - age - length, now - age];
  const change = { video: key, from: new Date(from), to: new Date(to), verdict, why: 'A test.' };
  const answer = await changeVerdict(database.sql, change, author, timeZone);
  if (mergedInto.has(key)) {
    expect(answer.status).toBe('no_video');
    return;
  }
  const family = [key, ...[...mergedInto].flatMap(([one, into]) => (into === key ? [one] : []))];
  const overlaps = changes.some((one) => family.includes(one.video) && one.from < to && one.to > from);
  expect(answer.status).toBe(overlaps ? 'overlaps' : 'changed');
  if (answer.status !== 'changed') return;
  for (const one of family) changes.push({ id: answer.id, video: one, from, to, verdict });
}

/** People's views as they count now. */
export function recount({ seen, changes, userOf, channelOf, mergedInto }: ViewersWorld) {
  return seen.flatMap(({ video, device, at, isBot }) => {
    const change = changes.find((one) => one.video === video && one.from <= at && at < one.to);
    // Bots of this test say that they are: they are no people whatever is said of them.
    if (isBot || change?.verdict === 'bot') return [];
    const counting = mergedInto.get(video) ?? video;
    const day = dateOf(at);
    return [{ video: counting, channel: channelOf.get(counting), viewer: userOf.get(device) ?? device, day }];
  });
}

/** In Kathmandu, 5:45 ahead. */
export function dateOf(at: number): string {
  return new Date(at + 5.75 * 3_600_000).toISOString().slice(0, 10);
}

function pick<T>(among: T[], index: number): T {
  return among[index % among.length] as T;
}
