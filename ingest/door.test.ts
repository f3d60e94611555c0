// What the view endpoint answers to senders who mean well.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { openDoor, type TestDoor } from '#test/door.ts';
import { bot, makeVideos, openIngest, type TestIngest, viewOf } from '#test/factories.ts';
import { openVideoDirectory } from './video-directory.ts';

const now = Date.parse('2026-03-10T12:00:00Z');
const dayMs = 86_400_000;
let database: TestDatabase;
let ingest: TestIngest;
let door: TestDoor;
let lookUps = 0;

beforeAll(async () => {
  database = await freshDatabase();
  await makeVideos(database.sql, ['tide', 'storm']);
  ingest = await openIngest(database, () => now);
  const counting = new Proxy(database.sql, {
    apply(target, self, parameters) {
      lookUps += 1;
      return Reflect.apply(target, self, parameters);
    },
  });
  ingest.videos = await openVideoDirectory(counting);
  door = await openDoor(ingest);
});

afterAll(async () => {
  await door.close();
  await ingest.close();
  await database.close();
});

test('one view gets one result', async () => {
  const view = viewOf('tide', now);
  const response = await door.post(view);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('application/json');
  expect(await response.json()).toEqual({ id: view.id, status: 'counted' });
});

test('an array gets an array, in the order sent, whatever became of each', async () => {
  const [first, unknown, last] = [viewOf('tide', now), viewOf('nobody', now), viewOf('storm', now)];
  const answer = await results([first, unknown, { video: 'tide', id: 'x' }, first, last]);
  expect(answer).toEqual([
    { id: first.id, status: 'counted' },
    { id: unknown.id, status: 'rejected', reason: 'unknown_video' },
    { id: null, status: 'rejected', reason: 'invalid', field: 'id', message: 'should be a UUIDv7' },
    { id: first.id, status: 'duplicate' },
    { id: last.id, status: 'counted' },
  ]);
  expect(await results([viewOf('tide', now)])).toHaveLength(1);
});

test('fifty views go in one request', async () => {
  const views = Array.from({ length: 50 }, () => viewOf('tide', now));
  expect(await results(views)).toEqual(views.map(({ id }) => ({ id, status: 'counted' })));
});

test.each(['text/plain', 'text/plain;charset=UTF-8', 'Application/JSON; charset=utf-8'])(
  'a body may come as %s',
  async (contentType) => {
    const response = await door.post(viewOf('tide', now), { 'content-type': contentType });
    expect(await response.json()).toMatchObject({ status: 'counted' });
  },
);

test('a sender without ids is told the id its view got', async () => {
  const [answer] = await results([{ video: 'tide' }]);
  expect(answer).toEqual({ id: expect.stringMatching(/^[0-9a-f-]{36}$/), status: 'counted' });
  expect(await results([{ video: 'tide', id: answer?.id }])).toEqual([{ id: answer?.id, status: 'duplicate' }]);
});

test('an id is the same in capitals', async () => {
  const view = viewOf('tide', now);
  expect(await results([view, { ...view, id: view.id.toUpperCase() }])).toEqual([
    { id: view.id, status: 'counted' },
    { id: view.id, status: 'duplicate' },
  ]);
});

test('one id counts once for each video', async () => {
  const view = viewOf('tide', now);
  const statuses = (await results([view, { ...view, video: 'storm' }, view])).map(({ status }) => status);
  expect(statuses).toEqual(['counted', 'counted', 'duplicate']);
});

test('a clock that is wrong is told ours', async () => {
  const answer = { status: 'rejected', reason: 'clock_skew', serverTime: now };
  const wrong = [
    viewOf('tide', now, { sentAt: now - 61_000 }),
    viewOf('tide', now, { sentAt: now + 61_000 }),
    viewOf('tide', now, { sentAt: new Date(now - 3_600_000).toISOString() }),
    viewOf('tide', now + 61_000),
  ];
  expect(await results(wrong)).toEqual(wrong.map(({ id }) => ({ id, ...answer })));
  const right = [
    viewOf('tide', now, { sentAt: now - 60_000 }),
    viewOf('tide', now, { sentAt: '2026-03-10T13:00:59+01:00' }),
    viewOf('tide', now + 60_000),
  ];
  for (const { status } of await results(right)) expect(status).toBe('counted');
});

test('a view is taken up to seven days late', async () => {
  const [inTime, tooLate] = [viewOf('tide', now - 7 * dayMs), viewOf('tide', now - 7 * dayMs - 1)];
  expect(await results([inTime, tooLate])).toEqual([
    { id: inTime.id, status: 'counted' },
    { id: tooLate.id, status: 'rejected', reason: 'too_old' },
  ]);
});

test('an unknown key costs a query once', async () => {
  await results([viewOf('tide', now), viewOf('nobody-1', now)]);
  lookUps = 0;
  await results([viewOf('nobody-2', now)]);
  expect(lookUps).toBe(1);
  for (let i = 0; i < 20; i++)
    expect(await results([viewOf('nobody-2', now)])).toMatchObject([{ reason: 'unknown_video' }]);
  await results([viewOf('nobody-1', now), viewOf('tide', now)]);
  expect(lookUps).toBe(1);
});

test('a video is known as soon as it is made', async () => {
  expect(await results([viewOf('later', now)])).toMatchObject([{ reason: 'unknown_video' }]);
  await makeVideos(database.sql, ['later'], 'quarry');
  await database.sql`select pg_notify('boxoffice_videos', 'later')`;
  await expect.poll(async () => (await results([viewOf('later', now)]))[0]?.status).toBe('counted');
});

test('bots are counted apart, and privacy signals keep the device out', async () => {
  const [view, signalled] = [viewOf('tide', now), viewOf('tide', now)];
  await door.post(view, { 'user-agent': bot.userAgent });
  await door.post(signalled, { 'sec-gpc': '1' });
  const rows = await database.sql`
    select bot, viewer = any(${[view.device, signalled.device]}::text[]::uuid[]) as "isDevice" from video_views
    where id = any(${[view.id, signalled.id]}::text[]::uuid[]) order by bot nulls last`;
  expect(rows).toEqual([
    { bot: 'declared_bot', isDevice: true },
    { bot: null, isDevice: false },
  ]);
});

test('any site may send, and read the answer', async () => {
  const preflight = await fetch(door.url, {
    method: 'OPTIONS',
    headers: { origin: 'https://example.com', 'access-control-request-method': 'POST' },
  });
  expect(preflight.status).toBe(204);
  expect(preflight.headers.get('access-control-allow-origin')).toBe('*');
  expect(preflight.headers.get('access-control-allow-methods')).toContain('POST');
  expect(preflight.headers.get('access-control-allow-headers')).toContain('content-type');
  const response = await door.post(viewOf('tide', now), { origin: 'https://example.com' });
  expect(response.headers.get('access-control-allow-origin')).toBe('*');
});

async function results(views: unknown[]): Promise<{ id: string | null; status: string; reason?: string }[]> {
  const response = await door.post(views);
  expect(response.status).toBe(200);
  return response.json();
}
