// The server in front of all doors: what it lets through, and how long it waits for whom.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { NewKey } from '#accounts/create-key.ts';
import type { ChannelId } from '#db/schema.ts';
import { newBearer } from '#test/bearer.ts';
import { openTestDoors, sayTo, type TestDoors } from '#test/doors.ts';
import { viewOf } from '#test/factories.ts';
import { type Http, openHttp } from './http.ts';

const now = Date.parse('2026-03-10T12:00:00Z');
let world: TestDoors;
let http: Http;
let closed: Http;
let say: (request: string) => Promise<string>;

beforeAll(async () => {
  world = await openTestDoors(now);
  http = await openHttp({ HOST: '127.0.0.1', PORT: 0 }, world.doors);
  closed = await openHttp({ HOST: '127.0.0.1', PORT: 0 }, { ...world.doors, isOpen: false });
  say = (request) => sayTo(http.url, request);
});

test('health tells whether the process runs, whether to send it traffic, and what it does', async () => {
  expect(await (await fetch(`${http.url}/livez`)).text()).toBe('ok');
  const ready = await fetch(`${http.url}/readyz`);
  expect(ready.status).toBe(200);
  expect(await ready.json()).toMatchObject({
    status: 'ready',
    checks: [{ name: 'database' }, { name: 'rollup' }, { name: 'recorder' }],
  });
  const metrics = await (await fetch(`${http.url}/metrics`)).text();
  for (const name of ['boxoffice_queued_views', 'boxoffice_rollup_lag_seconds', 'boxoffice_flush_seconds_bucket']) {
    expect(metrics).toContain(name);
  }
});

test('metrics are for keys that read the reports of every channel, where dashboards are closed', async () => {
  // A proxy beside the server is no browser there.
  const ask = async (headers: Record<string, string>) =>
    (await fetch(`${closed.url}/metrics`, { headers: { via: 'a proxy', ...headers } })).text();
  const bearer = (more: Partial<NewKey>) =>
    newBearer(world.database, world.ingest, { scopes: ['reports:read'], ...more });
  const strangers = [{}, await bearer({ scopes: ['views:write'] }), await bearer({ channelIds: [1 as ChannelId] })];
  for (const headers of strangers) expect(await ask(headers)).not.toContain('boxoffice_queued_views');
  expect(await ask(await bearer({}))).toContain('boxoffice_queued_views');
});

afterAll(async () => {
  await http.stop();
  await closed.stop();
  await world.close();
});

test.each(['/videos/%zz', '/videos/%', '/badge/%ff.svg'])('the path %s is the sender’s mistake', async (path) => {
  const answer = await say(`GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`);
  expect(answer).toMatch(/^HTTP\/1.1 400 .*"detail":"The path has a % that stands for nothing\."/s);
});

test('a request with the whole address goes where its path leads', async () => {
  const body = JSON.stringify(viewOf('tide', now));
  const rest = `HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
  expect(await say(`POST http://elsewhere.example/api/views ${rest}`)).toMatch(/^HTTP\/1.1 200 .*"counted"/s);
  expect(await say(`GET HTTP://elsewhere.example HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`)).toMatch(
    /page \/ of x$/,
  );
  expect(await say(`GET http://a.example?b=1 HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`)).toContain(
    'page /?b=1',
  );
});

test('dots that are written otherwise are no way around the headers of a path', async () => {
  const answer = await say('GET /embed/%2e%2E/videos HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n');
  expect(answer).toMatch(/frame-ancestors 'none'.*page \/videos of x$/s);
});

test('a path that is none is refused in words', async () => {
  const answer = await say('OPTIONS * HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n');
  expect(answer).toMatch(/^HTTP\/1.1 400 .*"detail":"The path does not begin with a slash\."/s);
});

test('a client that is slow with its headers is let go after ten seconds, and hardly later', async () => {
  const startedAt = performance.now();
  expect(await say('POST /api/views HTTP/1.1\r\nhost: x\r\n')).toMatch(/^HTTP\/1.1 408 /);
  expect(performance.now() - startedAt).toBeLessThan(14_000);
});

test('every answer has the headers that tell browsers what it may do, and the name of its request', async () => {
  for (const path of ['/', '/livez', '/api/live?video=nobody', '/api/views', '/videos/%zz']) {
    const { headers } = await fetch(`${http.url}${path}`);
    expect([path, headers.get('x-request-id')]).toEqual([path, expect.stringMatching(/^[\da-f-]{36}$/)]);
    expect([path, headers.get('content-security-policy')]).toEqual([
      path,
      expect.stringContaining("frame-ancestors 'none'"),
    ]);
    expect([path, headers.get('strict-transport-security')]).toEqual([path, 'max-age=31536000']);
    expect([path, headers.get('x-content-type-options')]).toEqual([path, 'nosniff']);
  }
});

test('a problem names its request as the header does; what a client that is no proxy calls it is not believed', async () => {
  for (const path of ['/api/live?video=nobody', '/api/views', '/videos/%zz']) {
    const answer = await fetch(`${http.url}${path}`, { headers: { 'x-request-id': 'mine' } });
    const named = answer.headers.get('x-request-id');
    expect(named).not.toBe('mine');
    expect(await answer.json()).toMatchObject({ requestId: named });
  }
});

test('a POST that a page of another site has sent reaches no page; views may come from anywhere', async () => {
  const from = (headers: Record<string, string>, path = '/videos') => {
    const body = path === '/videos' ? new FormData() : JSON.stringify(viewOf('tide', now));
    return fetch(`${http.url}${path}`, { method: 'POST', headers, body });
  };
  const forged = await from({ 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' });
  expect([forged.status, forged.headers.get('content-type')]).toEqual([403, 'application/problem+json']);
  expect((await from({ origin: 'https://evil.example' })).status).toBe(403);
  expect((await from({ origin: http.url })).status).toBe(200);
  expect(await (await from({ origin: 'https://boxoffice.example' })).text()).toBe('page /videos of boxoffice.example');
  expect((await from({ 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }, '/api/views')).status).toBe(
    200,
  );
});

test('a host that is no host name, and a body too large for a page, are refused in words', async () => {
  expect(await say('GET / HTTP/1.1\r\nhost: evil.example/a?\r\nconnection: close\r\n\r\n')).toMatch(
    /^HTTP\/1.1 400 .*"detail":"The Host of the request is no host name\."/s,
  );
  const post = 'POST /videos HTTP/1.1\r\nhost: x\r\ncontent-type: text/plain\r\nnext-action: a\r\n';
  const chunk = `${(65_537).toString(16)}\r\n${'['.repeat(65_537)}\r\n0\r\n\r\n`;
  for (const rest of ['content-length: 65537\r\n\r\n', `transfer-encoding: chunked\r\n\r\n${chunk}`])
    expect(await say(post + rest)).toMatch(/^HTTP\/1.1 413 .*"detail":"A request may have 65536 bytes: /s);
});

test('what a client that is no proxy says was forwarded does not reach the pages', async () => {
  const answer = await say('GET / HTTP/1.1\r\nhost: x\r\nx-forwarded-host: evil.example\r\nconnection: close\r\n\r\n');
  expect(answer).toMatch(/page \/ of x$/);
});
