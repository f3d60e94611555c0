// Views and the connection to the database: whatever it does, what is acknowledged is in the log once.
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { connect } from '#db/client.ts';
import type { VideoId } from '#db/schema.ts';
import type { TestDatabase } from '#test/database.ts';
import { logView, openLog, person, viewOf } from '#test/factories.ts';
import { type FaultProxy, openFaultProxy } from '#test/fault-proxy.ts';
import { holdView } from '#test/hold-view.ts';
import { Unavailable } from './failure.ts';
import { openFirstViews } from './first-views.ts';
import { openScreening } from './open-screening.ts';
import { recordViews } from './record-views.ts';
import { Recorder } from './recorder.ts';
import { openVideoDirectory } from './video-directory.ts';

const now = Date.parse('2026-03-10T12:00:00Z');
const deadlineMs = 1_500;
let database: TestDatabase;
let proxy: FaultProxy;
let recorder: Recorder;
let tide: VideoId;

beforeAll(async () => {
  ({ database, tide } = await openLog(now));
});

afterAll(() => database.close());

beforeEach(async () => {
  await database.sql`truncate video_views`;
  proxy = await openFaultProxy(database.url);
  recorder = new Recorder(proxy.url, { deadlineMs });
});

afterEach(async () => {
  proxy.heal();
  await recorder.close();
  await proxy.close();
});

test('a database that refuses at the start is tried again by the next view', async () => {
  proxy.refuse();
  const view = logView(tide, now);
  await expect(recorder.record([view])).rejects.toThrow(Unavailable);
  proxy.heal();
  expect(await recorder.record([view])).toEqual([{ status: 'counted' }]);
  expect(await logged()).toEqual([view.id]);
});

test('a lease that the database gives too late is given back', async () => {
  proxy.delayAnswers(deadlineMs);
  await expect(recorder.record([logView(tide, now)])).rejects.toThrow(Unavailable);
  proxy.heal();
  for (let i = 0; i < 3; i++) expect(await recorder.record([logView(tide, now)])).toEqual([{ status: 'counted' }]);
  const sessions = () => database.sql`select from pg_stat_activity where application_name = 'boxoffice ingest live'`;
  await expect.poll(async () => (await sessions()).length, { timeout: 5_000 }).toBe(1);
});

test('a half-open connection meets the deadline, and is replaced', async () => {
  const [first, second] = [logView(tide, now), logView(tide, now)];
  await recorder.record([first]);
  proxy.fallSilent();
  const sentAt = performance.now();
  await expect(recorder.record([second])).rejects.toThrow(Unavailable);
  expect(performance.now() - sentAt).toBeLessThan(2 * deadlineMs);
  proxy.heal();
  expect(await recorder.record([second])).toEqual([{ status: 'counted' }]);
  expect(await logged()).toEqual([first.id, second.id].sort());
});

test('look-ups on half-open connections meet their deadline too, and come back', { timeout: 60_000 }, async () => {
  const services = connect(proxy.url, { name: 'services', max: 1, statementTimeoutMs: 4_000 });
  const [videos, firstViews] = [await openVideoDirectory(services), await openFirstViews(services)];
  const ingest = { videos, firstViews, ...openScreening(services), recorder, clock: () => now };
  proxy.fallSilent();
  const view = viewOf('tide', now);
  await expect(recordViews(ingest, [view], person)).rejects.toThrow(Unavailable);
  proxy.heal();
  const status = () => recordViews(ingest, [view], person).then(([result]) => result?.status, String);
  await expect.poll(status, { timeout: 20_000 }).toMatch(/counted|duplicate/);
  await services.end({ timeout: 0 });
});

test('a slow commit delays the answer and gathers what comes meanwhile', async () => {
  await recorder.record([logView(tide, now)]);
  proxy.delayAnswers(500);
  const before = recorder.stats().flushes;
  const sentAt = performance.now();
  const first = recorder.record([logView(tide, now)]);
  await new Promise(setImmediate);
  const others = Array.from({ length: 100 }, () => recorder.record([logView(tide, now)]));
  expect(await first).toEqual([{ status: 'counted' }]);
  expect(performance.now() - sentAt).toBeGreaterThan(490);
  for (const answer of await Promise.all(others)) expect(answer).toEqual([{ status: 'counted' }]);
  expect(recorder.stats().flushes - before).toBe(2);
  expect(await logged()).toHaveLength(102);
});

test('a commit whose answer was cut off is found by the retry, and is in the log once', async () => {
  await recorder.record([logView(tide, now)]);
  const views = Array.from({ length: 20 }, () => logView(tide, now));
  proxy.cutNextAnswer();
  await expect(recorder.record(views)).rejects.toThrow(Unavailable);
  const answers = await recorder.record(views);
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set(['duplicate']));
  expect(await logged()).toHaveLength(21);
});

test('a commit that outlives its connection is not written twice by the retry', async () => {
  await recorder.record([logView(tide, now)]);
  const view = logView(tide, now);
  const holder = await holdView(database.url, view);
  await expect(recorder.record([view])).rejects.toThrow(Unavailable);
  // The abandoned flush still waits in the database, and commits before or after the retry.
  const retried = recorder.record([view]);
  await holder.undo();
  expect(['counted', 'duplicate']).toContain((await retried)[0]?.status);
  expect(await logged()).toHaveLength(2);
});

async function logged(): Promise<string[]> {
  const rows = await database.sql<{ id: string }[]>`select id from video_views order by id`;
  return rows.map(({ id }) => id);
}
