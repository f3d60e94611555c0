// What the view endpoint answers to requests that are broken, too large, too many or hostile.
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { openDoor, type TestDoor } from '#test/door.ts';
import { makeVideos, openIngest, type TestIngest, viewOf } from '#test/factories.ts';

const now = Date.parse('2026-03-10T12:00:00Z');
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

const valid = () => JSON.stringify(viewOf('tide', now));
const unreadable: [string, () => string | Buffer, Record<string, string>?][] = [
  ['no body', () => ''],
  ['no JSON', () => 'video=tide'],
  ['half a JSON', () => valid().slice(0, -1)],
  ['two JSONs', () => valid() + valid()],
  ['NaN', () => '{"video": "tide", "sentAt": NaN}'],
  ['a byte order mark', () => `\ufeff${valid()}`],
  [
    'bytes that are not UTF-8',
    () => Buffer.concat([Buffer.from('{"video":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')]),
  ],
  ['UTF-16', () => Buffer.from(valid(), 'utf16le')],
  ['an empty array', () => '[]'],
  ['51 views', () => JSON.stringify(Array.from({ length: 51 }, () => viewOf('tide', now)))],
  ['a form', valid, { 'content-type': 'application/x-www-form-urlencoded' }],
  ['a multipart form', valid, { 'content-type': 'multipart/form-data; boundary=x' }],
];

test.each(unreadable)('%s answers 400 with a problem', async (_, body, headers) => {
  const response = await door.post(body(), headers);
  await expectProblem(response, 400, 'Bad Request');
});

test.each(['GET', 'PUT', 'DELETE', 'PATCH'])('%s answers 405 and says what is allowed', async (method) => {
  const response = await fetch(door.url, { method });
  await expectProblem(response, 405, 'Method Not Allowed');
  expect(response.headers.get('allow')).toContain('POST');
});

const invalid: [unknown, string][] = [
  [null, 'view'],
  ['tide', 'view'],
  [42, 'view'],
  [[viewOf('tide', now)], 'view'],
  [{}, 'video'],
  [{ video: '' }, 'video'],
  [{ video: 'a b' }, 'video'],
  [{ video: 'a\0' }, 'video'],
  [{ video: 'ü' }, 'video'],
  [{ video: 'a'.repeat(129) }, 'video'],
  [{ video: ['tide'] }, 'video'],
  [{ video: 'tide', id: '00000000-0000-4000-8000-000000000000' }, 'id'],
  [{ video: 'tide', id: 7 }, 'id'],
  [{ video: 'tide', device: 'me' }, 'device'],
  [{ video: 'tide', device: '0190a0b0-0000-8000-a000-000000000000' }, 'device'],
  [{ video: 'tide', sentAt: 'soon' }, 'sentAt'],
  [{ video: 'tide', sentAt: {} }, 'sentAt'],
  [{ video: 'tide', page: 1 }, 'page'],
  [{ video: 'tide', referrer: [] }, 'referrer'],
  [{ video: 'tide', muted: 1 }, 'muted'],
];

test.each(invalid)('%j is rejected as invalid, naming %s', async (view, field) => {
  const good = viewOf('tide', now);
  const response = await door.post([view, good]);
  expect(response.status).toBe(200);
  const [bad, counted] = await response.json();
  expect(bad).toMatchObject({
    status: 'rejected',
    reason: 'invalid',
    field,
    message: expect.stringContaining('should be'),
  });
  expect(counted).toEqual({ id: good.id, status: 'counted' });
});

test('__proto__ and constructor in a view change nothing', async () => {
  const body = `{"video":"tide","__proto__":{"isAdmin":true,"video":"x"},"constructor":{"prototype":{"isAdmin":true}}}`;
  expect(await (await door.post(body)).json()).toMatchObject({ status: 'counted' });
  expect('isAdmin' in {}).toBe(false);
});

test('odd pages are kept as their host, or not at all', async () => {
  const pages = [
    'javascript:alert(1)',
    'https://WWW.Example.COM:8443/a?b#c',
    `https://${'a'.repeat(300)}.com`,
    'x\0y',
    '',
  ];
  const views = pages.map((page) => viewOf('tide', now, { page }));
  for (const { status } of await (await door.post(views)).json()) expect(status).toBe('counted');
  const rows = await database.sql<{ site: string | null }[]>`
    select site from video_views where id = any(${views.map(({ id }) => id)}::text[]::uuid[]) order by site`;
  expect(rows.map(({ site }) => site)).toEqual(['example.com', null, null, null, null]);
});

test('JSON of any depth and shape is answered, never with a failure', async () => {
  const deep = 30_000;
  const nested = [`${'['.repeat(deep)}${']'.repeat(deep)}`, `{"video":${'{"a":'.repeat(9_000)}1${'}'.repeat(9_000)}}`];
  for (const body of nested) expect((await door.post(body)).status).toBe(200);
  const anything = fc.asyncProperty(fc.json({ maxDepth: 3 }), async (body) => {
    const { status } = await door.post(body);
    expect(body === '[]' ? 400 : 200).toBe(status);
  });
  await fc.assert(anything, { numRuns: 150, seed: 7 });
});

test('bytes that are no JSON are answered, never with a failure', async () => {
  const anything = fc.asyncProperty(fc.uint8Array({ maxLength: 60 }), async (bytes) => {
    expect([200, 400]).toContain((await door.post(Buffer.from(bytes))).status);
  });
  await fc.assert(anything, { numRuns: 100, seed: 7 });
});

async function expectProblem(response: Response, status: number, title: string): Promise<void> {
  expect(response.status).toBe(status);
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  expect(response.headers.get('access-control-allow-origin')).toBe('*');
  expect(await response.json()).toEqual({ type: 'about:blank', title, status, detail: expect.any(String) });
}
