// What a server may do with a key, and what it is answered without the right one.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { NewKey } from '#accounts/create-key.ts';
import { openKeyDirectory } from '#accounts/key-directory.ts';
import { revokeKey } from '#accounts/revoke-key.ts';
import type { Sql } from '#db/client.ts';
import { newBearer } from '#test/bearer.ts';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { openDoor, type TestDoor } from '#test/door.ts';
import { channelIdOf, makeVideos, openIngest, type TestIngest, viewOf } from '#test/factories.ts';

const start = Date.parse('2026-03-10T12:00:00Z');
let now = start;
let queries = 0;
let database: TestDatabase;
let ingest: TestIngest;
let door: TestDoor;

beforeAll(async () => {
  database = await freshDatabase();
  await makeVideos(database.sql, ['tide', 'storm']);
  await makeVideos(database.sql, ['granite'], 'quarry');
  ingest = await openIngest(database, () => now);
  ingest.keys = await openKeyDirectory(counting(database.sql));
  door = await openDoor(ingest);
});

afterAll(async () => {
  await door.close();
  await ingest.close();
  await database.close();
});

test('a thousand views go in one request with a key, fifty without', async () => {
  const views = Array.from({ length: 1_000 }, () => viewOf('tide', now));
  const bearer = await bearerOf();
  expect(await results(bearer, views)).toEqual(views.map(({ id }) => ({ id, status: 'counted' })));
  expect(await results(bearer, views)).toEqual(views.map(({ id }) => ({ id, status: 'duplicate' })));
  expect((await door.post([...views, viewOf('tide', now)], bearer)).status).toBe(400);
  expect((await door.post(views.slice(0, 51))).status).toBe(400);
});

test('a body with a key may have 1,280 KiB', async () => {
  const bearer = await bearerOf();
  const view = JSON.stringify(viewOf('tide', now));
  expect((await door.post(view.padEnd(1_280 * 1024), bearer)).status).toBe(200);
  expect((await door.post(view.padEnd(1_280 * 1024 + 1), bearer)).status).toBe(413);
  expect((await door.post(view.padEnd(65 * 1024))).status).toBe(413);
});

test('a key of some channels counts for their videos only', async () => {
  const channelIds = [await channelIdOf(database.sql, 'harbour')];
  const views = [viewOf('tide', now), viewOf('granite', now), viewOf('nobody', now)];
  const answers = await results(await bearerOf({ channelIds }), views);
  expect(answers.map(({ status, reason }) => reason ?? status)).toEqual(['counted', 'other_channel', 'unknown_video']);
  const refused = await database.sql`
    select v.key, s.views::int from screening_minutes s join videos v on v.id = s.video_id where reason = 'other_channel'`;
  expect(refused).toEqual([{ key: 'granite', views: 1 }]);
});

test.each([
  ['no key at all', ''],
  ['something else', 'hunter2'],
  ['a key that was never made', `bo_00000000_${'A'.repeat(43)}`],
])('%s answers 401 and says what to do', async (_, key) => {
  await expectProblem(await door.post(viewOf('tide', now), { authorization: `Bearer ${key}` }), 401, /npm run key/);
});

test('a key with another secret answers 401', async () => {
  const { authorization = '' } = await bearerOf();
  const wrong = authorization.replace(/.{43}$/, 'A'.repeat(43));
  await expectProblem(await door.post(viewOf('tide', now), { authorization: wrong }), 401, /no such key/);
  expect((await door.post(viewOf('tide', now), { authorization: authorization.toLowerCase() })).status).toBe(401);
  expect((await door.post(viewOf('tide', now), { authorization: authorization.replace('B', 'b') })).status).toBe(200);
});

test('a key for something else answers 403', async () => {
  const bearer = await bearerOf({ scopes: ['reports:read', 'identify:write', 'live:write'] });
  await expectProblem(await door.post(viewOf('tide', now), bearer), 403, /may not send views.*--scope views:write/);
});

test('a key expires at its instant', async () => {
  const bearer = await bearerOf({ expiresAt: new Date(now + 1_000).toISOString() });
  expect((await door.post(viewOf('tide', now), bearer)).status).toBe(200);
  now += 1_000;
  await expectProblem(await door.post(viewOf('tide', now), bearer), 401, /has expired/);
});

test('a key that is revoked is refused at once', async () => {
  const bearer = await bearerOf();
  expect((await door.post(viewOf('tide', now), bearer)).status).toBe(200);
  expect(await revokeKey(database.sql, prefixIn(bearer), { actor: 'command', now: new Date() })).toBe('revoked');
  await expect.poll(async () => (await door.post(viewOf('tide', now), bearer)).status).toBe(401);
  await expectProblem(await door.post(viewOf('tide', now), bearer), 401, /was revoked/);
});

test('neither a known key nor a made-up one costs a query; its use is noted once a minute', async () => {
  const bearer = await bearerOf();
  const lastUsed = async () => {
    const [row] = await database.sql<{ at: string | null }[]>`
      select extract(epoch from last_used_at)::text as at from api_keys where prefix = ${prefixIn(bearer)}`;
    return Number(row?.at) * 1_000;
  };
  const firstAt = now;
  await door.post(viewOf('tide', now), bearer);
  await expect.poll(lastUsed).toBe(firstAt);
  queries = 0;
  now += 30_000;
  for (let i = 0; i < 20; i++) await door.post(viewOf('tide', now), bearer);
  const madeUp = { authorization: `Bearer bo_${'0'.repeat(8)}_${'B'.repeat(43)}` };
  for (let i = 0; i < 20; i++) await door.post(viewOf('tide', now), madeUp);
  expect(queries).toBe(0);
  now += 30_000;
  await door.post(viewOf('tide', now), bearer);
  await expect.poll(lastUsed).toBe(now);
});

test('browsers get no leave to use a key, nor to read what it is answered', async () => {
  const preflight = await fetch(door.url, { method: 'OPTIONS' });
  expect(preflight.headers.get('access-control-allow-headers')).not.toMatch(/authorization|\*/i);
  const origin = 'https://example.com';
  const bearer = await bearerOf();
  const wrong = { authorization: 'Bearer wrong' };
  for (const headers of [bearer, wrong]) {
    for (const body of [viewOf('tide', now), 'no JSON']) {
      const response = await door.post(body, { ...headers, origin });
      expect(response.headers.get('access-control-allow-origin')).toBeNull();
    }
  }
});

test('a key has a rate of its own; a wrong one shares that of its address', async () => {
  const limited = await openDoor(ingest, { perSecond: 2 });
  const send = async (headers: Record<string, string>) => (await limited.post(viewOf('tide', now), headers)).status;
  const [one, other] = [await bearerOf(), await bearerOf()];
  expect([await send(one), await send(one), await send(one), await send(other)]).toEqual([200, 200, 429, 200]);
  const wrong = { authorization: 'Bearer wrong' };
  expect([await send(wrong), await send({}), await send(wrong), await send({})]).toEqual([401, 200, 429, 429]);
  await limited.close();
});

function counting(sql: Sql): Sql {
  return new Proxy(sql, {
    apply(target, self, parameters) {
      queries += 1;
      return Reflect.apply(target, self, parameters);
    },
  });
}

function prefixIn({ authorization = '' }: Record<string, string>): string {
  return authorization.slice('Bearer '.length, 'Bearer bo_12345678'.length);
}

type Answer = { id: string | null; status: string; reason?: string };

const bearerOf = (more: Partial<NewKey> = {}) => newBearer(database, ingest, more);

async function results(headers: Record<string, string>, views: unknown[]): Promise<Answer[]> {
  const response = await door.post(views, headers);
  expect(response.status).toBe(200);
  return response.json();
}

async function expectProblem(response: Response, status: number, detail: RegExp): Promise<void> {
  expect(response.status).toBe(status);
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  expect(response.headers.get('www-authenticate')).toMatch(/^Bearer/);
  expect(await response.json()).toMatchObject({ status, detail: expect.stringMatching(detail) });
}
