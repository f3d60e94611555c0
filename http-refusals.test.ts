// What reaches no page, and how it is told to its sender and to the log.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestDoors, sayTo, type TestDoors } from '#test/doors.ts';
import { type Http, openHttp } from './http.ts';
import { logConsoleErrors, openLogger } from './logger.ts';

const logged: string[] = [];
const { error, warn } = console;
let world: TestDoors;
let http: Http;
let say: (request: string) => Promise<string>;

beforeAll(async () => {
  world = await openTestDoors(Date.parse('2026-03-10T12:00:00Z'));
  http = await openHttp({ HOST: '127.0.0.1', PORT: 0 }, world.doors);
  say = (request) => sayTo(http.url, request);
  logConsoleErrors(openLogger('info', { write: (line) => logged.push(line) }));
});

afterAll(async () => {
  Object.assign(console, { error, warn });
  await http.stop();
  await world.close();
});

test.each(['TRACE', 'PUT', 'PATCH', 'DELETE', 'PROPFIND'])('%s is no method of a page', async (method) => {
  const answer = await say(`${method} /clip.webm HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`);
  expect(answer).toMatch(/^HTTP\/1.1 405 .*allow: GET, HEAD, POST, OPTIONS.*"detail":"Nothing here answers /s);
});

test('CONNECT leads nowhere', async () => {
  expect(await say('CONNECT elsewhere.example:443 HTTP/1.1\r\nhost: x\r\n\r\n')).toMatch(/^HTTP\/1.1 405 /);
});

test('a page that is shown where another breaks is none by itself', async () => {
  expect((await fetch(`${http.url}/_global-error`)).status).toBe(404);
});

const field = '--b\r\ncontent-disposition: form-data; name="a"\r\n\r\nkept\r\n--b--\r\n';

test('what is no form and no call of an action reaches no page; a form reaches it whole', async () => {
  const post = (headers: Record<string, string>, body: string) =>
    fetch(`${http.url}/echo`, { method: 'POST', headers, body });
  const refused = async (status: number, type: string, body: string, more = {}) => {
    const answer = await post({ 'content-type': type, ...more }, body);
    expect([type, body, answer.status, answer.headers.get('content-type')]).toEqual([
      ...[type, body, status, 'application/problem+json'],
    ]);
  };
  for (const type of ['application/json', 'application/x-www-form-urlencoded', 'text/plain', 'multipart/mixed'])
    await refused(415, type, '[]');
  for (const type of ['multipart/form-data', 'multipart/form-data; boundary=', 'multipart/form-data; boundary=c'])
    await refused(400, type, field);
  for (const body of ['', '{}', '[', 'null']) await refused(400, 'text/plain', body, { 'next-action': 'a' });
  await refused(400, 'multipart/form-data; boundary=b', field, { origin: 'no address', 'sec-fetch-site': 'none' });
  expect(await (await post({ 'content-type': 'multipart/form-data; boundary=b' }, field)).text()).toBe(field);
  expect(await (await post({ 'content-type': 'text/plain', 'next-action': 'a' }, '["a"]')).text()).toBe('["a"]');
});

test('whoever writes on while they are refused hears why, and may ask again on the same connection', async () => {
  const forged = 'POST /videos HTTP/1.1\r\nhost: x\r\nsec-fetch-site: cross-site\r\ncontent-length: 4\r\n\r\n';
  const next = 'GET /next HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n';
  expect(await say(`${forged}abcd${next}`)).toMatch(/^HTTP\/1.1 403 .*page \/next of x$/s);
});

test('what breaks before an action has begun is the sender’s mistake, and one line of the log; after that it is ours', async () => {
  const call = async (path: string) => {
    logged.length = 0;
    const headers = { 'content-type': 'text/plain', 'next-action': 'a' };
    return (await fetch(`${http.url}${path}`, { method: 'POST', headers, body: '[]' })).status;
  };
  expect(await call('/breaks')).toBe(400);
  expect(logged).toEqual([expect.stringMatching(/"level":40,.*no form or action/)]);
  expect(logged.join()).not.toContain('stack');
  expect(await call('/begins')).toBe(500);
  expect(logged).toEqual([expect.stringMatching(/"level":50,.*stack/), expect.stringMatching(/"level":50,.*stack/)]);
  expect((await fetch(`${http.url}/breaks`)).status).toBe(500);
});

test('a server that listens everywhere says where it is reached', async () => {
  const everywhere = await openHttp({ HOST: '0.0.0.0', PORT: 0 }, world.doors);
  expect(everywhere.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect((await fetch(`${everywhere.url}/livez`)).status).toBe(200);
  await everywhere.stop();
});
