// What a server with a key says of its viewers.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newBearer } from '#test/bearer.ts';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { openDoor, type TestDoor } from '#test/door.ts';
import { chrome, makeVideos, openIngest, type TestIngest, viewOf } from '#test/factories.ts';

const now = Date.parse('2026-03-10T12:00:00Z');
const dayMs = 86_400_000;
let database: TestDatabase;
let ingest: TestIngest;
let door: TestDoor;

beforeAll(async () => {
  database = await freshDatabase();
  await makeVideos(database.sql, ['tide']);
  ingest = await openIngest(database, () => now);
  door = await openDoor(ingest);
});

afterAll(async () => {
  await door.close();
  await ingest.close();
  await database.close();
});

test('what a server says of its viewers tells them apart, and which of them are bots', async () => {
  const googlebot = 'Googlebot/2.1 (+http://www.google.com/bot.html)';
  const views = [
    sent({ clientAddress: '198.51.100.1' }),
    sent({ clientAddress: '::ffff:198.51.100.1' }),
    sent({ clientAddress: '::FFFF:c633:6401' }),
    sent({ clientAddress: '198.51.100.2' }),
    sent({ clientAddress: '2001:db8::1' }),
    sent({ clientAddress: '2001:0DB8:0:0::0001' }),
    sent({ clientAddress: '198.51.100.1', userAgent: googlebot }),
  ];
  await mustCount({ ...(await bearerOf()), 'user-agent': 'node' }, views);
  const [one, same, inHex, other, six, sameSix, bot] = await rowsOf(views);
  expect([same?.viewer, inHex?.viewer]).toEqual([one?.viewer, one?.viewer]);
  expect(sameSix?.viewer).toBe(six?.viewer);
  expect(new Set([one, other, six, bot].map((row) => row?.viewer)).size).toBe(4);
  expect([one?.bot, bot?.bot]).toEqual([null, 'declared_bot']);
  expect(one?.os).toBe('Windows');
});

test('a thousand addresses are a thousand viewers', async () => {
  const views = Array.from({ length: 1_000 }, (_, i) => sent({ clientAddress: `10.1.${i >> 8}.${i & 255}` }));
  await mustCount(await bearerOf(), views);
  expect(new Set((await rowsOf(views)).map(({ viewer }) => viewer)).size).toBe(1_000);
});

test('one viewer of two days is two, as it is when each comes on its day', async () => {
  const views = [0, 1, 1].map((days) => sent({ clientAddress: '198.51.100.9' }, now - days * dayMs));
  await mustCount(await bearerOf(), views);
  const [today, yesterday, again] = await rowsOf(views);
  expect(yesterday?.viewer).toBe(again?.viewer);
  expect(yesterday?.viewer).not.toBe(today?.viewer);
});

test('without a key nobody speaks for a viewer: who sends is who watched', async () => {
  const views = ['198.51.100.1', '198.51.100.2'].map((clientAddress) => sent({ clientAddress, userAgent: 'curl/8' }));
  await mustCount({}, views);
  const [one, other] = await rowsOf(views);
  expect(one?.viewer).toBe(other?.viewer);
  expect(one?.bot).toBeNull();
  // With a scheme that is not ours the sender is one like any other.
  expect(await results({ authorization: 'Basic dGlkZTp0aWRl' }, [viewOf('tide', now)])).toMatchObject([
    { status: 'counted' },
  ]);
});

test('an address is nowhere in the database', async () => {
  const address = '203.0.113.251';
  const views = [sent({ clientAddress: address }), { ...sent({ clientAddress: address }), video: 'nobody' }];
  await results(await bearerOf(), [...views, { ...views[0], clientAddress: `${address}x` }]);
  const tables = await database.sql<{ name: string }[]>`
    select relname as name from pg_class where relkind = 'r' and relnamespace = current_schema()::regnamespace`;
  expect(tables.length).toBeGreaterThan(20);
  for (const { name } of tables) {
    const rows = await database.sql`select from ${database.sql(name)} t where t::text like ${`%${address}%`}`;
    expect(rows.length, name).toBe(0);
  }
});

test('a view without an id happened at its viewedAt, up to seven days ago', async () => {
  const bearer = await bearerOf();
  const at = [now - dayMs, new Date(now - 7 * dayMs).toISOString(), now - 7 * dayMs - 1, now + 61_000];
  const answers = await results(
    bearer,
    at.map((viewedAt) => ({ video: 'tide', viewedAt })),
  );
  expect(answers.map(({ status, reason }) => reason ?? status)).toEqual([
    'counted',
    'counted',
    'too_old',
    'clock_skew',
  ]);
  const rows = await database.sql<{ at: string }[]>`
    select extract(epoch from viewed_at)::text as at from video_views where id = any(${answers.map(({ id }) => id)}::text[]::uuid[])`;
  expect(rows.map(({ at }) => Number(at) * 1_000).sort()).toEqual([now - 7 * dayMs, now - dayMs]);
});

const invalid: [Record<string, unknown>, string][] = [
  [{ viewedAt: 'yesterday' }, 'viewedAt'],
  [{ viewedAt: -1 }, 'viewedAt'],
  [{ viewedAt: 1e300 }, 'viewedAt'],
  [{ viewedAt: '1969-12-31T23:59:59Z' }, 'viewedAt'],
  [{ viewedAt: now - 1, id: viewOf('tide', now).id }, 'viewedAt'],
  [{ userAgent: 7 }, 'userAgent'],
  [{ clientAddress: '198.51.100' }, 'clientAddress'],
  [{ clientAddress: 'localhost' }, 'clientAddress'],
  [{ user: '' }, 'user'],
  [{ user: 'x'.repeat(201) }, 'user'],
  [{ user: 7 }, 'user'],
];

test.each(invalid)('%j is invalid with a key, and ignored without one', async (fields, field) => {
  const view = { video: 'tide', ...fields };
  const [answer] = await results(await bearerOf(), [view]);
  expect(answer).toMatchObject({ reason: 'invalid', field, message: expect.stringContaining('should be') });
  expect(await results({}, [view])).toMatchObject([{ status: 'counted' }]);
});

test('a viewedAt beside an id may be the time in it', async () => {
  await mustCount(await bearerOf(), [viewOf('tide', now, { viewedAt: now, user: 'ada' })]);
});

/** A view without a device, as a server sends it for a viewer who uses Chrome. */
function sent(more: Record<string, unknown>, at = now) {
  return { ...viewOf('tide', at), device: undefined, userAgent: chrome, ...more };
}

type Answer = { id: string | null; status: string; reason?: string };

const bearerOf = () => newBearer(database, ingest);

async function results(headers: Record<string, string>, views: unknown[]): Promise<Answer[]> {
  const response = await door.post(views, headers);
  expect(response.status).toBe(200);
  return response.json();
}

async function mustCount(headers: Record<string, string>, views: unknown[]): Promise<void> {
  for (const { status } of await results(headers, views)) expect(status).toBe('counted');
}

async function rowsOf(views: { id: string }[]) {
  const rows = await database.sql<{ id: string; viewer: string; bot: string | null; os: string | null }[]>`
    select v.id::text, v.viewer::text, v.bot, l.label as os from video_views v left join labels l on l.id = v.os
    where v.id = any(${views.map(({ id }) => id)}::text[]::uuid[])`;
  const found = new Map(rows.map((row) => [row.id, row]));
  return views.map(({ id }) => {
    const row = found.get(id);
    if (!row) throw new Error(`${id} is not in the log`);
    return row;
  });
}
