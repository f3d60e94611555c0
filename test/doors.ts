// The server's doors on a database of their own, without the pages: what stands for them says which page was asked.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { openMetrics } from '#health/metrics.ts';
import { readiness } from '#health/readiness.ts';
import { rateLimit } from '#ingest/rate-limit.ts';
import { parseProxies } from '#ingest/sender.ts';
import { startLiveUpdates } from '#reports/live-updates.ts';
import { beginCall } from '#security/action-call.ts';
import type { Doors } from '../http.ts';
import { openLogger } from '../logger.ts';
import { openAccounts } from './accounts.ts';
import { freshDatabase, type TestDatabase } from './database.ts';
import { makeVideos, openIngest, type TestIngest } from './factories.ts';

export type TestDoors = { doors: Doors; database: TestDatabase; ingest: TestIngest; close(): Promise<void> };

/** With the video `tide`, at the time `now` in milliseconds. */
export async function openTestDoors(now: number): Promise<TestDoors> {
  const database = await freshDatabase();
  await makeVideos(database.sql, ['tide']);
  const ingest = await openIngest(database, () => now);
  const proxies = parseProxies([]);
  const liveUpdates = await startLiveUpdates(database.db, database.sql, () => new Date(now), 'UTC');
  const { recorder } = ingest;
  const clock = () => new Date(now);
  const gate = { keys: ingest.keys, limit: rateLimit(0), proxies, ownOrigin: undefined };
  const health = {
    readiness: () => readiness(database.db, recorder.stats(), clock()),
    metrics: openMetrics(database.db, () => recorder.stats(), clock),
  };
  const doors: Doors = {
    door: { ...gate, ingest, actorOf: async () => ({ kind: 'nobody' }) },
    identify: undefined,
    opening: { ...gate, sql: database.sql, clock: () => now, timeZone: 'UTC' },
    ...{ keys: ingest.keys, proxies, liveUpdates, accounts: openAccounts(database), isOpen: true, db: database.db },
    ...{ health, security: { isHttps: true, isDevelopment: false }, baseUrl: 'https://boxoffice.example' },
    pages: { serve: servePage, upgrade: undefined, close: async () => {} },
    logger: openLogger('silent'),
  };
  const close = async () => {
    await liveUpdates.close();
    await ingest.close();
    await database.close();
  };
  return { doors, database, ingest, close };
}

/** Writes `request` to the server at `url` as it is, and gives what comes back until the server closes. */
export function sayTo(url: string, request: string): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1').on('error', () => {});
  socket.write(request);
  return text(socket);
}

/** /echo gives back what was sent, /breaks and /begins fail as Next does. */
async function servePage(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.url === '/begins') beginCall();
  if (request.url === '/echo') response.end(await text(request));
  else if (request.url === '/breaks' || request.url === '/begins') {
    for (let n = 0; n < 2; n++) console.error('⨯', new Error('Connection closed.'));
    response.statusCode = 500;
    response.end('Something broke.');
  } else response.end(`page ${request.url} of ${request.headers['x-forwarded-host']}`);
}
