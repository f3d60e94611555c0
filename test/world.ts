// Two processes and their rollup, played through a scenario. Every answer is kept, to be held against the tables.
import { ensureLivePartitions, logDay } from '#ingest/log-partitions.ts';
import { recordViews } from '#ingest/record-views.ts';
import { maxAgeMs, maxClockSkewMs } from '#ingest/screen.ts';
import { mintViewId, viewedAtOf } from '#ingest/view-id.ts';
import { tick } from '#rollups/tick.ts';
import type { TestDatabase } from './database.ts';
import { bot, makeVideos, openIngest, person, rollUp, type TestIngest, viewOf } from './factories.ts';
import type { CountedView } from './recount.ts';
import { type Batch, dayMs, type Item, type Step } from './scenario.ts';

const channelOf: Record<string, string> = { v0: 'harbour', v1: 'harbour', v2: 'harbour', v3: 'quarry', v4: 'quarry' };
const keys = Object.keys(channelOf);
/** Undefined: known by address and browser, for a day. */
export const devices = [...Array.from({ length: 7 }, (_, n) => `0d000000-0000-4000-a000-00000000000${n}`), undefined];

export type World = {
  database: TestDatabase;
  timeZone: string;
  lanes: [TestIngest, TestIngest];
  now: number;
  /** The day whose log is gone, if any. */
  archivedDay: string | undefined;
  known: { id: string; video: string }[];
  tally: Tally;
};

export type Tally = {
  sent: number;
  batches: number;
  counted: CountedView[];
  /** 'id video' of each answer `counted`; one that is here twice was counted twice. */
  countedKeys: string[];
  /** Answers other than `counted`, by 'minute of receipt, reason'. */
  refused: Map<string, number>;
  /** Answers that were not due. */
  surprises: string[];
};

/** A fresh world whose clock stands at `start`. */
export async function openWorld(
  database: TestDatabase,
  timeZone: string,
  start: number,
  archivedDay?: string,
): Promise<World> {
  await makeVideos(database.sql, ['v0', 'v1', 'v2'], 'harbour');
  await makeVideos(database.sql, ['v3', 'v4'], 'quarry');
  if (archivedDay) await database.sql`insert into log_archives values (${archivedDay}, 0, now())`;
  const tally: Tally = { sent: 0, batches: 0, counted: [], countedKeys: [], refused: new Map(), surprises: [] };
  const clock = () => world.now;
  const lanes: World['lanes'] = [await openIngest(database, () => start), await openIngest(database, () => start)];
  const world: World = { database, timeZone, lanes, now: start, archivedDay, known: [], tally };
  for (const lane of lanes) lane.clock = clock;
  return world;
}

export async function closeWorld(world: World): Promise<void> {
  for (const lane of world.lanes) await lane.close();
  await world.database.close();
}

export async function play(world: World, steps: Step[]): Promise<void> {
  for (const step of steps) {
    if (step.do === 'wait') await wait(world, step.ms);
    if (step.do === 'tick') await tickOnce(world, step.workers);
    if (step.do === 'send') await Promise.all(step.batches.map((batch) => send(world, batch)));
  }
  await rollUp(world.database.sql, world.now, world.timeZone);
}

async function wait(world: World, ms: number): Promise<void> {
  world.now += ms;
  await ensureLivePartitions(world.database.sql, new Date(world.now));
}

async function tickOnce({ database, now, timeZone }: World, workers: number): Promise<void> {
  await Promise.all(Array.from({ length: workers }, () => tick(database.sql, new Date(now), timeZone)));
}

async function send(world: World, { lane, isBot, items }: Batch): Promise<void> {
  const { now, tally } = world;
  const bodies = items.map((item) => bodyOf(world, item));
  const due = bodies.map((body) => answerDue(world, body));
  tally.sent += bodies.length;
  tally.batches += 1;
  const answers = await recordViews(world.lanes[lane], bodies, isBot ? bot : person);
  answers.forEach((answer, i) => {
    const reason = answer.status === 'rejected' ? answer.reason : answer.status;
    const accepted = reason === 'counted' || reason === 'duplicate';
    if (due[i] !== (accepted ? 'accepted' : reason)) tally.surprises.push(`${reason} instead of ${due[i]}`);
    if (reason === 'counted') keepCounted(tally, bodies[i] as SentBody, isBot);
    else addRefused(tally, `${new Date(now - (now % 60_000)).toISOString()} ${reason}`);
  });
}

type SentBody = { id: string; video: string; sentAt?: number };

function keepCounted(tally: Tally, { id, video }: SentBody, isBot: boolean): void {
  tally.countedKeys.push(`${id} ${video}`);
  tally.counted.push({ video, channel: channelOf[video] ?? '', viewedAt: viewedAtOf(id), isBot });
}

function addRefused({ refused }: Tally, key: string): void {
  refused.set(key, (refused.get(key) ?? 0) + 1);
}

function bodyOf({ now, known, archivedDay }: World, item: Item): unknown {
  const video = 'video' in item ? pick(keys, item.video) : 'v0';
  const remember = (body: SentBody) => {
    known.push(body);
    return body;
  };
  switch (item.kind) {
    case 'invalid':
      return item.body;
    case 'unknown_video':
      return viewOf('nobody-made-this', now);
    case 'fresh':
      return remember(viewOf(video, now - item.ageMs, { muted: item.isMuted, device: pick(devices, item.viewer) }));
    case 'archived':
      return remember(viewOf(video, archivedDay ? Date.parse(archivedDay) + 1 : now - dayMs));
    case 'too_old':
      return viewOf(video, now - maxAgeMs - 1);
    case 'clock_skew':
      if (item.by === 'sentAt') return viewOf(video, now, { sentAt: now - item.skewMs });
      return viewOf(video, now + item.skewMs);
    case 'repeat':
      return pick(known, item.earlier) ?? remember(viewOf(video, now));
    case 'same_id_of_another_video':
      return remember({ ...viewOf(video, now), id: pick(known, item.earlier)?.id ?? mintViewId(now) });
  }
}

/** What screening should say of a body, from the words of the contract. */
function answerDue({ now, archivedDay }: World, body: unknown): string {
  const { id, video, sentAt } = (body ?? {}) as Partial<SentBody>;
  if (id === undefined || body === null || video === undefined || id[14] !== '7') return 'invalid';
  if (!(video in channelOf)) return 'unknown_video';
  const viewedAt = viewedAtOf(id);
  if (viewedAt > now + maxClockSkewMs || Math.abs((sentAt ?? now) - now) > maxClockSkewMs) return 'clock_skew';
  if (viewedAt < now - maxAgeMs) return 'too_old';
  return logDay({ viewedAt }) === archivedDay ? 'archived' : 'accepted';
}

function pick<T>(among: T[], index: number): T {
  return among[index % Math.max(1, among.length)] as T;
}
