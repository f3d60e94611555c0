// What the recorder promises to those who wait for its answer: a queue with an end, and a close that drains.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { VideoId } from '#db/schema.ts';
import type { TestDatabase } from '#test/database.ts';
import { logView, openLog } from '#test/factories.ts';
import { holdView } from '#test/hold-view.ts';
import { Unavailable } from './failure.ts';
import type { LogView } from './flush.ts';
import { Recorder } from './recorder.ts';

const now = Date.parse('2026-03-10T12:00:00Z');
let database: TestDatabase;
let tide: VideoId;

beforeAll(async () => {
  ({ database, tide } = await openLog(now));
});

beforeEach(() => database.sql`truncate video_views`);
afterAll(() => database.close());

test('everything that was accepted before close is in the log, and answered', async () => {
  const recorder = new Recorder(database.url);
  const answers = Array.from({ length: 300 }, () => recorder.record(manyViews(20)));
  const closed = recorder.close();
  await expect(recorder.record(manyViews(1))).rejects.toThrow(Unavailable);
  await closed;
  const outcomes = (await Promise.all(answers)).flat();
  expect(outcomes.filter(({ status }) => status === 'counted')).toHaveLength(6_000);
  expect(await loggedViews()).toBe(6_000);
  // Postgres sees a moment later that they are closed.
  await expect.poll(ingestSessions).toBe(0);
});

test('views that come together are committed together', async () => {
  const recorder = new Recorder(database.url);
  await Promise.all(Array.from({ length: 1_000 }, () => recorder.record(manyViews(1))));
  expect(recorder.stats()).toMatchObject({ flushes: 1, queuedViews: 0, queuedBytes: 0 });
  await recorder.close();
});

test('a full queue refuses at once, and takes views again when it has room', async () => {
  const recorder = new Recorder(database.url, { maxQueuedViews: 100 });
  const [held, waiting] = [logView(tide, now), manyViews(99)];
  const holder = await holdView(database.url, held);
  const accepted = [recorder.record([held]), recorder.record(waiting)];
  const full = manyViews(1);
  await expect(recorder.record(full)).rejects.toThrow('full');
  expect(recorder.stats().queuedViews).toBe(100);
  await holder.undo();
  await Promise.all(accepted);
  expect(recorder.stats()).toMatchObject({ queuedViews: 0, queuedBytes: 0 });
  expect(await recorder.record(full)).toEqual([{ status: 'counted' }]);
  expect(await loggedViews()).toBe(101);
  await recorder.close();
});

test('the queue is bounded in bytes too, whatever the views carry', async () => {
  const maxQueuedBytes = 1024 * 1024;
  const recorder = new Recorder(database.url, { maxQueuedBytes });
  const held = logView(tide, now);
  const holder = await holdView(database.url, held);
  const first = recorder.record([held]);
  const site = 'a'.repeat(50_000);
  const others = Array.from({ length: 200 }, () => recorder.record([logView(tide, now, { site })]));
  const settled = Promise.allSettled([first, ...others]);
  expect(recorder.stats().queuedBytes).toBeGreaterThan(maxQueuedBytes / 2);
  expect(recorder.stats().queuedBytes).toBeLessThanOrEqual(maxQueuedBytes);
  await holder.undo();
  const refused = (await settled).filter(({ status }) => status === 'rejected');
  expect(await loggedViews()).toBe(201 - refused.length);
  expect(refused.length).toBeGreaterThan(150);
  expect(recorder.stats()).toMatchObject({ queuedViews: 0, queuedBytes: 0 });
  await recorder.close();
});

function manyViews(count: number): LogView[] {
  return Array.from({ length: count }, () => logView(tide, now));
}

async function loggedViews(): Promise<number> {
  const [row] = await database.sql<[{ views: number }]>`select count(*)::int as views from video_views`;
  return row.views;
}

async function ingestSessions(): Promise<number> {
  const sessions = await database.sql`
    select from pg_stat_activity where datname = current_database() and application_name = 'boxoffice ingest live'`;
  return sessions.length;
}
