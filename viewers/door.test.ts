// Whose a device is, said by servers and pages over real HTTP.
import { createHash, createHmac, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { NewKey } from '#accounts/create-key.ts';
import { connectDb, type Db } from '#db/client.ts';
import type { VideoId } from '#db/schema.ts';
import { rateLimit } from '#ingest/rate-limit.ts';
import { recordViews } from '#ingest/record-views.ts';
import { parseProxies } from '#ingest/sender.ts';
import { uniqueViewers } from '#reports/unique-viewers.ts';
import { closeDay } from '#rollups/close-day.ts';
import { findDifferences } from '#rollups/differences.ts';
import { openProofSession } from '#rollups/proof-session.ts';
import { newBearer } from '#test/bearer.ts';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { channelIdOf, makeVideos, openIngest, person, rollUp, type TestIngest, viewOf } from '#test/factories.ts';
import { serveIdentify } from './door.ts';
import { openIdentifier } from './identifier.ts';

let now = Date.parse('2026-03-10T12:00:00Z');
const keys = Array.from({ length: 10 }, (_, n) => `v${n}`);
let database: TestDatabase;
let db: Db;
let ingest: TestIngest;
let ids: Map<string, VideoId>;
let server: Server;
let url: string;

beforeAll(async () => {
  database = await freshDatabase();
  db = connectDb(database.url, { name: 'test', max: 1 });
  ids = await makeVideos(database.sql, keys);
  ingest = await openIngest(database, () => now);
  const gate = { keys: ingest.keys, limit: rateLimit(0), proxies: parseProxies([]), ownOrigin: undefined };
  const identifier = openIdentifier(database.sql, () => now);
  const door = { ...gate, sql: database.sql, clock: () => now, identifier, userSecret: ingest.userSecret };
  server = createServer((request, response) => void serveIdentify(door, request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/identify`;
});

afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await ingest.close();
  await db.$client.end();
  await database.close();
});

const bearerOf = (more: Partial<NewKey> = {}) => newBearer(database, ingest, { scopes: ['identify:write'], ...more });

async function call(headers: Record<string, string>, body: unknown, method = 'POST') {
  const response = await fetch(url, { method, headers, body: JSON.stringify(body) });
  const answer = await response.json();
  return { status: response.status, answer, readers: response.headers.get('access-control-allow-origin') };
}

/** The sum over the ten videos, today. */
async function viewersOfAll(): Promise<number> {
  const days = { from: '2026-03-10', to: '2026-03-11' };
  const found = await Promise.all(keys.map((key) => uniqueViewers(db, { video: ids.get(key) as VideoId }, days)));
  return found.reduce((sum, one) => sum + (one?.viewers ?? 0), 0);
}

test('of ten videos of a device three were its user’s too: binding takes three viewers away, reversing brings them back', async () => {
  const bearer = await bearerOf();
  const writer = { ...person, server: { channelIds: null } };
  const device = randomUUID();
  await recordViews(
    ingest,
    keys.map((video) => viewOf(video, now, { device })),
    person,
  );
  await recordViews(
    ingest,
    ['v1', 'v4', 'v7'].map((video) => viewOf(video, now, { user: '42' })),
    writer,
  );
  await rollUp(database.sql, now);
  expect(await viewersOfAll()).toBe(13);
  expect(await call(bearer, { device, user: '42' })).toMatchObject({ status: 200, answer: { status: 'bound' } });
  expect(await viewersOfAll()).toBe(10);
  expect(await call(bearer, { device }, 'DELETE')).toMatchObject({ status: 200, answer: { status: 'reversed' } });
  expect(await viewersOfAll()).toBe(13);
  // Once more, around the close of the day.
  now = Date.parse('2026-03-11T03:00:00Z');
  await rollUp(database.sql, now);
  expect(await close()).toEqual([0, true]);
  await call(bearer, { device, user: '42' });
  expect(await viewersOfAll()).toBe(10);
  expect(await close()).toEqual([0, true]);
  await call(bearer, { device }, 'DELETE');
  expect(await viewersOfAll()).toBe(13);
  expect(await close()).toEqual([0, true]);
  expect(await findDifferences(database.sql, new Date(now), 'UTC')).toEqual([]);
});

async function close() {
  const session = await openProofSession(database.url, 'close');
  const closing = await closeDay(session, '2026-03-10', 'UTC', new Date(now)).finally(() => session.end());
  return closing.status === 'closed' ? [closing.proof.differingBuckets, closing.isBalanced] : closing.status;
}

test('a device has one user until that is reversed', async () => {
  const bearer = await bearerOf();
  const device = randomUUID();
  expect((await call(bearer, { device, user: 'ann' })).answer.status).toBe('bound');
  expect((await call(bearer, { device: device.toUpperCase(), user: 'ann' })).answer.status).toBe('unchanged');
  expect(await call(bearer, { device, user: 'bob' })).toMatchObject({
    status: 409,
    answer: { detail: expect.stringMatching('DELETE it first') },
  });
  expect((await call(bearer, { device }, 'DELETE')).status).toBe(200);
  expect((await call(bearer, { device }, 'DELETE')).status).toBe(404);
  expect((await call(bearer, { device, user: 'bob' })).answer.status).toBe('bound');
  const [binding] = await database.sql`
    select bound_by like 'key:bo_%' as by_key, reversed_by like 'key:bo_%' as reversed_by_key from viewer_bindings
    where device = ${device} order by id limit 1`;
  expect(binding).toEqual({ by_key: true, reversed_by_key: true });
});

test('of an array each is answered for itself', async () => {
  const bearer = await bearerOf();
  const [one, other] = [randomUUID(), randomUUID()];
  const { status, answer } = await call(bearer, [
    { device: one, user: 'ann' },
    { device: one, user: 'bob' },
    { device: 'none', user: 'ann' },
    { device: other, user: 'ann' },
  ]);
  expect(status).toBe(200);
  expect(answer).toEqual([
    { status: 'bound' },
    { status: 'taken' },
    { status: 'invalid', message: 'device: should be the UUID of a device' },
    { status: 'bound' },
  ]);
});

test('a page binds with what its server signed, and with nothing else', async () => {
  const bearer = await bearerOf();
  const key = bearer.authorization.slice('Bearer '.length);
  const prefix = key.slice(0, 11);
  const secret = createHash('sha256').update(key).digest('hex');
  const signature = createHmac('sha256', secret).update('boxoffice-identify\n42').digest('hex');
  const device = randomUUID();
  const sent = { device, user: '42', key: prefix, signature };
  expect(await call({}, { ...sent, user: '43' })).toMatchObject({ status: 401 });
  expect(await call({}, { ...sent, signature: '0'.repeat(64) })).toMatchObject({ status: 401 });
  expect(await call({}, { device, user: '42' })).toMatchObject({ status: 400 });
  expect(await call({}, sent)).toEqual({ status: 200, answer: { status: 'bound' }, readers: '*' });
  expect((await call({}, { device }, 'DELETE')).status).toBe(401);
});

test('a page may ask before it sends JSON', async () => {
  const { status, headers } = await fetch(url, { method: 'OPTIONS' });
  const allowed = ['origin', 'methods', 'headers'].map((name) => headers.get(`access-control-allow-${name}`));
  expect([status, ...allowed]).toEqual([204, '*', 'POST', 'content-type']);
});

test('a key without the scope, one of some channels, and what is no identification are refused in words', async () => {
  const asked = { device: randomUUID(), user: '42' };
  const harbour = await channelIdOf(database.sql, 'harbour');
  const detailOf = async (headers: Record<string, string>, body: unknown = asked) => {
    const { status, answer } = await call(headers, body);
    return [status, answer.detail];
  };
  expect(await detailOf(await bearerOf({ scopes: ['views:write'] }))).toEqual([
    403,
    expect.stringMatching('identify:write'),
  ]);
  expect(await detailOf(await bearerOf({ channelIds: [harbour] }))).toEqual([
    403,
    expect.stringMatching('without --channel'),
  ]);
  const bearer = await bearerOf();
  expect(await detailOf(bearer, { ...asked, user: '' })).toEqual([400, expect.stringMatching('user')]);
  expect(await detailOf(bearer, { ...asked, device: '0d000000-0000-8000-a000-000000000000' })).toEqual([
    400,
    expect.stringMatching('version 8'),
  ]);
  expect((await call({}, undefined, 'PUT')).status).toBe(405);
});
