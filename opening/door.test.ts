// What a server may do with opening balances and a key, over real HTTP.
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { NewKey } from '#accounts/create-key.ts';
import { rateLimit } from '#ingest/rate-limit.ts';
import { parseProxies } from '#ingest/sender.ts';
import { newBearer } from '#test/bearer.ts';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { channelIdOf, makeVideos, openIngest, type TestIngest } from '#test/factories.ts';
import { serveOpening } from './door.ts';

const now = Date.parse('2026-03-10T12:00:00Z');
let database: TestDatabase;
let ingest: TestIngest;
let server: Server;
let url: string;

beforeAll(async () => {
  database = await freshDatabase();
  await makeVideos(database.sql, ['tide', 'storm']);
  await makeVideos(database.sql, ['granite'], 'quarry');
  ingest = await openIngest(database, () => now);
  const gate = { keys: ingest.keys, limit: rateLimit(0), proxies: parseProxies([]), ownOrigin: undefined };
  const door = { ...gate, sql: database.sql, clock: () => now, timeZone: 'UTC' };
  server = createServer((request, response) => void serveOpening(door, request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/opening-balances`;
});
beforeEach(() => database.sql`truncate opening_balances`);
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await ingest.close();
  await database.close();
});

const bearerOf = (more: Partial<NewKey> = {}) => newBearer(database, ingest, more);

async function call(headers: Record<string, string>, method = 'GET', path = '', body?: unknown) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const response = await fetch(`${url}${path}`, { method, headers, body: text });
  const answer = await response.json();
  return { status: response.status, type: response.headers.get('content-type'), answer };
}

test('a list is entered as one entry, listed, and reversed', async () => {
  const bearer = await bearerOf();
  const entered = await call(bearer, 'POST', '', [
    { video: 'tide', views: 980_000, source: ' YouTube  Studio ' },
    { video: 'granite', views: 5, day: '2026-02-28' },
  ]);
  const { entry } = entered.answer;
  expect(entered).toMatchObject({
    status: 201,
    answer: { status: 'entered', entry, balances: 2, videos: 2, views: 980_005 },
  });
  const prefix = bearer.authorization.slice(7, 18);
  expect((await call(bearer)).answer.entries).toEqual([
    {
      ...{ entry, sources: ['YouTube Studio', 'another product'].sort(), balances: 2, videos: 2, views: 980_005 },
      ...{ keys: ['granite', 'tide'], firstDay: '2026-02-28', lastDay: '2026-02-28', isTheirs: true },
      ...{ enteredBy: `the key ${prefix}`, enteredAt: '2026-03-10T12:00:00Z', reversedBy: null, reversedAt: null },
    },
  ]);
  expect(await call(bearer, 'DELETE', `/${entry}`)).toMatchObject({ status: 200, answer: { status: 'reversed' } });
  expect(await call(bearer, 'DELETE', `/${entry}`)).toMatchObject({
    status: 200,
    answer: { status: 'reversed_before' },
  });
  expect((await call(bearer, 'GET', `?before=${entry}`)).answer.entries).toEqual([]);
  expect((await call(bearer)).answer.entries).toMatchObject([{ entry, reversedAt: '2026-03-10T12:00:00Z' }]);
});

test('nothing of a list with problems is entered, and each problem names its place', async () => {
  const bearer = await bearerOf();
  const first = await call(bearer, 'POST', '', [{ video: 'tide', views: 1 }]);
  const refused = await call(bearer, 'POST', '', [
    ...[
      { video: 'storm', views: 1 },
      { video: 'nobody', views: 1 },
      { video: 'tide', views: 1 },
    ],
  ]);
  expect(refused).toMatchObject({
    ...{ status: 422, type: 'application/problem+json' },
    answer: {
      problems: [
        { index: 1, problem: 'There is no video nobody.' },
        {
          index: 2,
          problem: expect.stringMatching(
            `^Already entered on 2026-03-10 by the key bo_.* .entry ${first.answer.entry}.`,
          ),
        },
      ],
    },
  });
  const malformed = await call(bearer, 'POST', '', [
    { video: 'storm', views: '12' },
    7,
    { video: 'storm', views: 1.5 },
  ]);
  expect(malformed.answer.problems).toEqual([
    { index: 0, problem: 'views: should be a whole number without separators, such as 1204331' },
    { index: 1, problem: expect.any(String) },
    { index: 2, problem: 'views: should be a whole number without separators, such as 1204331' },
  ]);
  expect((await call(bearer)).answer.entries).toHaveLength(1);
});

test('a key of some channels neither enters counts of others, nor sees or reverses them', async () => {
  const harbour = await bearerOf({ channelIds: [await channelIdOf(database.sql, 'harbour')] });
  const everywhere = await bearerOf();
  expect((await call(harbour, 'POST', '', [{ video: 'granite', views: 1 }])).answer.problems).toEqual([
    { index: 0, problem: 'There is no video granite in these channels.' },
  ]);
  const foreign = await call(everywhere, 'POST', '', [{ video: 'granite', views: 1 }]);
  const shared = await call(everywhere, 'POST', '', [
    ...['tide', 'granite'].map((video) => ({ video, views: 2, source: 'Vimeo' })),
  ]);
  expect((await call(harbour)).answer.entries).toMatchObject([
    { entry: shared.answer.entry, views: 2, keys: ['tide'] },
  ]);
  expect((await call(harbour, 'DELETE', `/${foreign.answer.entry}`)).status).toBe(404);
  expect((await call(harbour, 'DELETE', `/${shared.answer.entry}`)).status).toBe(403);
  expect((await call(everywhere)).answer.entries).toMatchObject([{ reversedAt: null }, { reversedAt: null }]);
});

test.each([
  ['no key', 401, 'GET', ''],
  ['a key of another scope', 403, 'GET', ''],
  ['another method', 405, 'PUT', ''],
  ['another method of an entry', 405, 'GET', '/1'],
  ['an entry that is none', 404, 'DELETE', '/x'],
  ['a page that is none', 400, 'GET', '?before=x'],
  ['no list', 400, 'POST', ''],
])('%s answers %i with problem details', async (what, status, method, path) => {
  const scoped = await bearerOf(what === 'a key of another scope' ? { scopes: ['reports:read'] } : {});
  const body = method === 'POST' ? { video: 'tide', views: 1 } : undefined;
  const answered = await call(what === 'no key' ? {} : scoped, method, path, body);
  expect(answered).toMatchObject({ status, type: 'application/problem+json', answer: { status } });
});

test('a list has a thousand counts at most, and 256 KiB', async () => {
  const bearer = await bearerOf();
  const many = Array.from({ length: 1_001 }, (_, n) => ({ video: 'tide', views: 1, source: `Product ${n}` }));
  expect((await call(bearer, 'POST', '', many)).status).toBe(400);
  expect((await call(bearer, 'POST', '', many.slice(1))).status).toBe(201);
  expect((await call(bearer, 'POST', '', ' '.repeat(256 * 1024 + 1))).status).toBe(413);
});
