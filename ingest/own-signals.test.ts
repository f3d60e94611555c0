// What our own signals say of views that come in by the view endpoint.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { VideoId } from '#db/schema.ts';
import { newBearer } from '#test/bearer.ts';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { openDoor, type TestDoor } from '#test/door.ts';
import { bot, makeVideos, openIngest, type TestIngest, viewOf } from '#test/factories.ts';
import { parseIpAddress } from './ip-address.ts';
import { openOwnSignals } from './own-signals.ts';
import { mintViewId, viewIdOf } from './view-id.ts';

const now = Date.parse('2026-03-10T12:00:30Z');
const minuteMs = 60_000;
const dayMs = 86_400_000;
let database: TestDatabase;
let ingest: TestIngest;
/** Behind a proxy, which tells who sent a request. */
let door: TestDoor;

beforeAll(async () => {
  database = await freshDatabase();
  await makeVideos(database.sql, ['tide', 'storm']);
  ingest = await openIngest(database, () => now);
  door = await openDoor(ingest, { proxies: ['127.0.0.1'] });
});

beforeEach(() => {
  ingest.signalOf = openOwnSignals();
});

afterAll(async () => {
  await door.close();
  await ingest.close();
  await database.close();
});

test('the 31st view of a video by one device in a minute is too fast, and nobody else’s', async () => {
  const views = viewsOf(32);
  expect(await verdictsOn(views)).toEqual([...new Array(30).fill(null), 'too_fast', 'too_fast']);
  expect(await verdictsOn(viewsOf(1))).toEqual([null]);
  expect(await verdictsOn(viewsOf(1, { device: views[0]?.device, video: 'storm' }))).toEqual([null]);
});

test('a view that is sent again is not one more', async () => {
  const device = randomUUID();
  const idOf = (i: number) => viewIdOf(now, String(i).padStart(20, '0'));
  const views = Array.from({ length: 29 }, (_, i) => viewOf('tide', now, { device, id: idOf(i) }));
  for (let times = 0; times < 3; times++) await send(views);
  for (const view of views) await send([view, view]);
  expect(await verdictsOn(viewsOf(2, { device }))).toEqual([null, 'too_fast']);
});

test('the next minute starts anew, by the time of the views and not by when they come', async () => {
  const views = viewsOf(30);
  const { device } = views[0] ?? {};
  const [before, after] = [viewsOf(20, { device }, now - minuteMs), viewsOf(1, { device }, now + minuteMs / 2)];
  expect(await verdictsOn([...before, ...views.slice(0, 20)])).toEqual(new Array(40).fill(null));
  expect(await verdictsOn([...views.slice(20), ...after])).toEqual(new Array(11).fill(null));
  const yesterday = viewsOf(31, { device }, now - dayMs);
  expect(await verdictsOn(yesterday)).toEqual([...new Array(30).fill(null), 'too_fast']);
});

test('the 601st view of a video from one address in a minute is too fast, by whatever devices', async () => {
  const verdicts = await verdictsFrom('8.8.8.8', 620);
  expect(verdicts).toEqual([...new Array(600).fill(null), ...new Array(20).fill('too_fast')]);
  expect(await verdictsFrom('8.8.8.9', 1)).toEqual([null]);
  expect(await verdictsOn(viewsOf(1, { video: 'storm' }), { 'x-forwarded-for': '8.8.8.8' })).toEqual([null]);
});

test('whoever has an IPv6 network has one address', async () => {
  for (let i = 0; i < 12; i++) await verdictsFrom(`2001:200::${i}:1`, 50);
  expect(await verdictsFrom('2001:200::ffff', 1)).toEqual(['too_fast']);
  expect(await verdictsFrom('2001:200:0:1::ffff', 1)).toEqual([null]);
});

test.each(['', '10.1.2.3', 'fd00::1'])('many behind a proxy that is not known (%j) are not one', async (address) => {
  expect(new Set(await verdictsFrom(address, 700))).toEqual(new Set([null]));
});

test('viewers without a device are told apart by no more than their address', async () => {
  const views = Array.from({ length: 100 }, () => viewOf('tide', now, { device: undefined }));
  const signalled = viewsOf(50);
  expect(new Set(await verdictsOn(views, { 'x-forwarded-for': '8.8.8.8' }))).toEqual(new Set([null]));
  expect(new Set(await verdictsOn(signalled, { 'sec-gpc': '1' }))).toEqual(new Set([null]));
});

test('a bot that says so keeps that reason, and is not among those that a place may have', async () => {
  const headers = { 'x-forwarded-for': '8.8.8.8', 'user-agent': bot.userAgent };
  for (let i = 0; i < 14; i++) await send(viewsOf(50), headers);
  expect(await verdictsOn(viewsOf(2), headers)).toEqual(['declared_bot', 'declared_bot']);
  expect(await verdictsFrom('8.8.8.8', 1)).toEqual([null]);
});

test('of a server only those viewers are judged whom it names', async () => {
  const server = { ...(await newBearer(database, ingest)), 'x-forwarded-for': '8.8.8.8' };
  const of = (count: number, more: Record<string, unknown>) =>
    Array.from({ length: count }, () => viewOf('tide', now, { device: undefined, ...more }));
  const marked = async (views: Sent[]) => (await verdictsOn(views, server)).filter((verdict) => verdict !== null);
  expect(await marked(of(700, {}))).toEqual([]);
  expect(await marked(of(31, { device: randomUUID() }))).toEqual(['too_fast']);
  expect(await marked(of(601, { clientAddress: '8.8.4.4' }))).toEqual(['too_fast']);
});

test('a flood of 200,000 devices from one address is told in full, beside people who are not', () => {
  const signalOf = openOwnSignals();
  const verdictOn = (device: string, address: string) =>
    signalOf({ id: mintViewId(now), videoId: 1 as VideoId, viewedAt: now }, watcherOf(device, address));
  let [flood, people] = [0, 0];
  for (let i = 0; i < 200_000; i++) {
    if (verdictOn(randomUUID(), '198.51.100.7') !== null) flood += 1;
    if (i % 100 === 0 && verdictOn(randomUUID(), `8.8.${i % 256}.${(i >> 8) % 256}`) !== null) people += 1;
  }
  expect([flood, people]).toEqual([199_400, 0]);
});

function watcherOf(device: string, address: string) {
  return { device, address: parseIpAddress(address) };
}

type Sent = ReturnType<typeof viewOf>;

/** Views by one device, unless more is said. */
function viewsOf(count: number, { device = randomUUID(), video = 'tide' }: Partial<Sent> = {}, at = now): Sent[] {
  return Array.from({ length: count }, () => viewOf(video, at, { device }));
}

/** Of views by as many devices, which come from one address. */
async function verdictsFrom(address: string, count: number): Promise<(string | null)[]> {
  const views = Array.from({ length: count }, () => viewOf('tide', now));
  return verdictsOn(views, address === '' ? {} : { 'x-forwarded-for': address });
}

async function verdictsOn(views: Sent[], headers: Record<string, string> = {}): Promise<(string | null)[]> {
  for (let from = 0; from < views.length; from += 50) await send(views.slice(from, from + 50), headers);
  return verdicts(views);
}

async function send(views: Sent[], headers: Record<string, string> = {}): Promise<void> {
  const answers: { status: string }[] = await (await door.post(views, headers)).json();
  for (const { status } of answers) expect(status).not.toBe('rejected');
}

/** What the log says of each. */
async function verdicts(views: Sent[]): Promise<(string | null)[]> {
  const rows = await database.sql<{ id: string; bot: string | null }[]>`
    select id::text, bot from video_views where id = any(${views.map(({ id }) => id)}::text[]::uuid[])`;
  const bots = new Map(rows.map(({ id, bot }) => [id, bot]));
  expect(bots.size).toBe(views.length);
  return views.map(({ id }) => bots.get(id) ?? null);
}
