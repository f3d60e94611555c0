import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor } from '#accounts/may.ts';
import { connectDb, type Db } from '#db/client.ts';
import { recordViews } from '#ingest/record-views.ts';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { makeVideos, openIngest, person, rollUp, type TestIngest, viewOf } from '#test/factories.ts';
import { serveLiveUpdates } from './live-http.ts';
import { type LiveEvent, type LiveUpdates, startLiveUpdates } from './live-updates.ts';

let database: TestDatabase;
let ingest: TestIngest;
let updates: LiveUpdates;
let server: Server;
let url: string;
const now = Date.parse('2026-03-10T12:00:30Z');
const identify = async (): Promise<Actor> => ({ kind: 'guest' });

beforeAll(async () => {
  database = await freshDatabase();
  await makeVideos(database.sql, ['tide', 'storm']);
  ingest = await openIngest(database, () => now);
  updates = await startLiveUpdates(database.db, database.sql, () => new Date(now), 'UTC');
  server = createServer((request, response) =>
    serveLiveUpdates({ updates, db: database.db, identify }, request, response),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/live`;
});

afterAll(async () => {
  await updates.close();
  server.closeAllConnections();
  server.close();
  await ingest.close();
  await database.close();
});

async function open(query: string) {
  const abort = new AbortController();
  const response = await fetch(`${url}${query}`, { signal: abort.signal });
  const chunks = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  /** The next event that `isMeant`; undefined when the stream ends before it. */
  async function next(isMeant: (event: LiveEvent) => boolean): Promise<LiveEvent | undefined> {
    while (true) {
      const end = text.indexOf('\n\n');
      const frame = text.slice(0, end);
      if (end >= 0) {
        text = text.slice(end + 2);
        const event = frame.startsWith('data: ') ? (JSON.parse(frame.slice(6)) as LiveEvent) : undefined;
        if (event && isMeant(event)) return event;
        continue;
      }
      const { value, done } = (await chunks?.read()) ?? { value: '', done: true };
      if (done) return undefined;
      text += value;
    }
  }
  return { response, next, leave: () => abort.abort() };
}

async function watchedBy(people: number, video: string) {
  const views = Array.from({ length: people }, () => viewOf(video, now));
  await recordViews(ingest, views, person);
  await rollUp(database.sql, now);
}

test('a stream tells the hour at once and again after each tick, to each subject its own', async () => {
  const [tide, channel, all] = await Promise.all([open('?video=tide'), open('?channel=harbour'), open('')]);
  expect(tide.response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  expect(tide.response.headers.get('cache-control')).toBe('no-store');
  expect((await tide.next(() => true))?.minutes).toHaveLength(60);
  await watchedBy(2, 'tide');
  await watchedBy(3, 'storm');
  expect(await tide.next(({ views }) => views === 2)).toMatchObject({ completeTo: '2026-03-10T12:00:30Z' });
  expect((await channel.next(({ views }) => views === 5))?.minutes.at(-1)?.views).toBe(5);
  const overview = await all.next(({ views }) => views === 5);
  // With the lists of the overview, so that they move together with the figures.
  expect(overview).toMatchObject({
    botViews: 0,
    lifetime: { views: 5 },
    top: [
      { key: 'storm', people: 3 },
      { key: 'tide', people: 2 },
    ],
    channels: [{ handle: 'harbour', people: 5 }],
  });
  for (const stream of [tide, channel, all]) stream.leave();
});

test('a listener that was cut off is back with the next ticks; who watches is asked again who they are', async () => {
  const stream = await open('?video=tide');
  const before = await stream.next(() => true);
  const cut = await database.sql`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and query ilike 'listen%'`;
  expect(cut.length).toBeGreaterThan(0);
  // A change of theirs may have been missed.
  expect(await stream.next(() => false)).toBeUndefined();
  const again = await open('?video=tide');
  await watchedBy(1, 'tide');
  expect(await again.next(({ views }) => views === (before?.views ?? 0) + 1)).toBeDefined();
  again.leave();
});

test('what nobody knows is a 404, another method a 405', async () => {
  for (const query of ['?video=nobody-made-this', '?channel=nobody', '?video=%00', '?channel=%00']) {
    const response = await fetch(`${url}${query}`);
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(await response.json()).toMatchObject({ status: 404, title: 'Not Found' });
  }
  const response = await fetch(url, { method: 'POST' });
  expect(response.status).toBe(405);
  expect(response.headers.get('allow')).toBe('GET');
});

test('while the database is away it is a 503, a bug is a 500 and rejects', async () => {
  const nobody = connectDb('postgres://nobody@127.0.0.1:1/none', { name: 'nobody' });
  const failures: unknown[] = [];
  const broken = createServer(async (request, response) => {
    const db = request.url?.endsWith('tide') ? nobody : ({} as Db);
    await serveLiveUpdates({ updates, db, identify }, request, response).catch((error) => failures.push(error));
  });
  broken.listen(0, '127.0.0.1');
  await once(broken, 'listening');
  const live = `http://127.0.0.1:${(broken.address() as AddressInfo).port}/api/live`;
  const away = await fetch(`${live}?video=tide`);
  expect([away.status, away.headers.get('retry-after')]).toEqual([503, '5']);
  expect(failures).toEqual([]);
  const bug = await fetch(`${live}?video=storm`);
  expect([bug.status, bug.headers.get('retry-after')]).toEqual([500, null]);
  expect(failures).toEqual([expect.any(TypeError)]);
  broken.closeAllConnections();
  broken.close();
  await nobody.$client.end({ timeout: 0 });
});

test('closing the hub ends every stream', async () => {
  const stream = await open('');
  await stream.next(() => true);
  await updates.close();
  expect(await stream.next(() => false)).toBeUndefined();
});
