// Where the view endpoint ends: sizes, rates, a recorder that takes nothing, and whom it believes to be.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { openDoor, type TestDoor } from '#test/door.ts';
import { makeVideos, openIngest, type TestIngest, viewOf } from '#test/factories.ts';
import { Recorder } from './recorder.ts';

const start = Date.parse('2026-03-10T12:00:00Z');
let now = start;
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

const limit = 64 * 1024;
const head = 'POST /api/views HTTP/1.1\r\nhost: x\r\nuser-agent: curl/8\r\n';

test('a body of 64 KiB is read, one byte more is not', async () => {
  const view = JSON.stringify(viewOf('tide', now));
  expect((await door.post(view + ' '.repeat(limit - view.length))).status).toBe(200);
  const response = await door.post(' '.repeat(limit + 1));
  expect(response.status).toBe(413);
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  expect(response.headers.get('access-control-allow-origin')).toBe('*');
});

test('100 MB that are announced are refused before they come', async () => {
  const answer = await door.say(`${head}content-length: 104857600\r\n\r\n`, '[');
  expect(answer).toMatch(/^HTTP\/1.1 413 /);
  expect(answer.toLowerCase()).toContain('connection: close');
});

test('chunks are counted, and refused at the limit though more are to come', async () => {
  const chunk = `4000\r\n${' '.repeat(0x4000)}\r\n`;
  const answer = await door.say(`${head}transfer-encoding: chunked\r\n\r\n`, chunk.repeat(5));
  expect(answer).toMatch(/^HTTP\/1.1 413 /);
  expect(answer.toLowerCase()).toContain('connection: close');
});

test('chunks below the limit are one body', async () => {
  const view = JSON.stringify(viewOf('tide', now));
  const chunks = [view.slice(0, 20), view.slice(20)].map((part) => `${part.length.toString(16)}\r\n${part}\r\n`);
  const answer = await door.say(
    `${head}transfer-encoding: chunked\r\nconnection: close\r\n\r\n`,
    ...chunks,
    '0\r\n\r\n',
  );
  expect(answer).toMatch(/^HTTP\/1.1 200 /);
  expect(answer).toContain('counted');
});

test('a connection that carries a broken body takes the next view', async () => {
  const view = JSON.stringify(viewOf('tide', now));
  const broken = `${head}content-length: 3\r\n\r\n{]}`;
  const answer = await door.say(`${broken}${head}connection: close\r\ncontent-length: ${view.length}\r\n\r\n${view}`);
  expect(answer.match(/HTTP\/1.1 \d+/g)).toEqual(['HTTP/1.1 400', 'HTTP/1.1 200']);
});

test('too many requests answer 429 with the seconds to wait, which any site may read', async () => {
  const limited = await openDoor(ingest, { perSecond: 3 });
  const statuses = [];
  for (let i = 0; i < 3; i++) statuses.push((await limited.post(viewOf('tide', now))).status);
  expect(statuses).toEqual([200, 200, 200]);
  const refused = await limited.post(viewOf('tide', now));
  expect(refused.status).toBe(429);
  expect(refused.headers.get('retry-after')).toBe('1');
  expect(refused.headers.get('content-type')).toBe('application/problem+json');
  expect(refused.headers.get('access-control-allow-origin')).toBe('*');
  expect(refused.headers.get('access-control-expose-headers')).toContain('Retry-After');
  now += 1_000;
  expect((await limited.post(viewOf('tide', now))).status).toBe(200);
  await limited.close();
});

test('a recorder that takes nothing answers 503 with the ids to send again', async () => {
  const full = new Recorder(database.url, { maxQueuedViews: 0 });
  const overloaded = await openDoor({ ...ingest, recorder: full });
  const views = [viewOf('tide', now), { video: 'tide' }, viewOf('nobody', now), 7, { video: 'tide', id: [[1]] }];
  const response = await overloaded.post(views);
  expect(response.status).toBe(503);
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  expect(response.headers.get('access-control-allow-origin')).toBe('*');
  expect(response.headers.get('access-control-expose-headers')).toContain('Retry-After');
  expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
  const [first, , third] = views as { id: string }[];
  expect((await response.json()).ids).toEqual([first?.id, null, third?.id, null, null]);
  const deep = `{"video":"tide","id":${'['.repeat(30_000)}${']'.repeat(30_000)}}`;
  expect((await overloaded.post(deep)).status).toBe(503);
  await overloaded.close();
  await full.close();
});

test('addresses are taken from trusted proxies only, and cannot be made up', async () => {
  const proxied = await openDoor(ingest, { perSecond: 1, proxies: ['127.0.0.0/8', '10.0.0.0/8'] });
  const from = async (forwardedFor: string) =>
    (await proxied.post(viewOf('tide', now), { 'x-forwarded-for': forwardedFor })).status;
  expect(await from('198.51.100.1')).toBe(200);
  expect(await from('198.51.100.1')).toBe(429);
  expect(await from('198.51.100.2')).toBe(200);
  // What the client itself wrote stands to the left, and is not believed.
  expect(await from('203.0.113.99, 198.51.100.1')).toBe(429);
  expect(await from('203.0.113.98, 198.51.100.1, 10.1.2.3')).toBe(429);
  expect(await from('::ffff:198.51.100.1')).toBe(429);
  await proxied.close();
  const direct = await openDoor(ingest, { perSecond: 1 });
  const send = async (forwardedFor: string) =>
    (await direct.post(viewOf('tide', now), { 'x-forwarded-for': forwardedFor })).status;
  expect(await send('198.51.100.1')).toBe(200);
  expect(await send('198.51.100.2')).toBe(429);
  await direct.close();
});
