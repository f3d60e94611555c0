// The worker and its connection: whatever becomes of it, the rollup goes on, and counts every view once.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connect } from '#db/client.ts';
import { recordViews } from '#ingest/record-views.ts';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { makeVideos, openIngest, person, rollUp, type TestIngest, viewOf } from '#test/factories.ts';
import { type FaultProxy, openFaultProxy } from '#test/fault-proxy.ts';
import { findDifferences } from './differences.ts';
import { startWorker, type Worker } from './worker.ts';

const now = Date.parse('2026-03-10T12:00:00Z');
const silenceMs = 3_000;
let database: TestDatabase;
let ingest: TestIngest;
let proxy: FaultProxy;
let worker: Worker;
let errors: string[];

beforeEach(async () => {
  database = await freshDatabase();
  await makeVideos(database.sql, ['tide']);
  ingest = await openIngest(database, () => now);
  // Partitions are there, so that the worker's tick begins with its transaction.
  await rollUp(database.sql, now);
  proxy = await openFaultProxy(database.url);
  errors = [];
  // The statement's own time-out, and with it the socket's patience, is far longer than the tests.
  const options = { name: 'worker', max: 1, statementTimeoutMs: 600_000, idleInTransactionTimeoutMs: 1_000 };
  worker = startWorker(() => connect(proxy.url, options), {
    ...{ intervalMs: 50, silenceMs, timeZone: 'UTC' },
    clock: () => new Date(now),
    onError: (error) => errors.push(String(error)),
  });
});

afterEach(async () => {
  await worker.stop();
  await proxy.close();
  await ingest.close();
  await database.close();
});

test('a connection that is half-open in mid-tick is replaced, and the rollup catches up without doubling a view', async () => {
  await record(3);
  await expect.poll(rolledUp, { timeout: 10_000 }).toBe(3);
  const holder = await holdTicks();
  await record(4);
  await expect.poll(waitingTicks, { timeout: 10_000 }).toBe(1);
  proxy.fallSilent();
  await holder.release();
  await expect.poll(() => errors, { timeout: 15_000 }).toContain(`Silence: The tick fell silent for ${silenceMs} ms.`);
  await record(5);
  expect(await rolledUp()).toBe(3);
  proxy.heal();
  await expect.poll(rolledUp, { timeout: 10_000 }).toBe(12);
  expect(await findDifferences(database.sql, new Date(now), 'UTC')).toEqual([]);
  await record(1);
  await expect.poll(rolledUp, { timeout: 10_000 }).toBe(13);
});

test('a tick is not silent as long as its statements follow each other', async () => {
  await record(2);
  // The first tick makes partitions as well.
  await expect.poll(rolledUp, { timeout: 20_000 }).toBe(2);
  // Some sixty statements, each of them answered in good time, take longer than the deadline.
  proxy.delayAnswers(silenceMs / 15);
  await record(2);
  await expect.poll(rolledUp, { timeout: 20_000 }).toBe(4);
  expect(errors).toEqual([]);
});

test('a worker stops though its tick hangs', async () => {
  const holder = await holdTicks();
  await record(1);
  await expect.poll(waitingTicks, { timeout: 10_000 }).toBe(1);
  proxy.fallSilent();
  const toldAt = performance.now();
  await worker.stop();
  expect(performance.now() - toldAt).toBeLessThan(10_000);
  await holder.release();
  expect(await rolledUp()).toBe(0);
});

async function record(views: number): Promise<void> {
  await recordViews(
    ingest,
    Array.from({ length: views }, () => viewOf('tide', now)),
    person,
  );
}

/** Makes every tick wait in the middle of its transaction, at the last grain. */
async function holdTicks(): Promise<{ release(): Promise<void> }> {
  const session = connect(database.url, { name: 'holder', max: 1, idleInTransactionTimeoutMs: 60_000 });
  await session`begin`;
  await session`lock table channel_totals in exclusive mode`;
  return { release: () => session.end({ timeout: 0 }) };
}

async function waitingTicks(): Promise<number> {
  const waiting = await database.sql`
    select from pg_stat_activity where application_name = 'boxoffice worker' and wait_event_type = 'Lock'`;
  return waiting.length;
}

async function rolledUp(): Promise<number> {
  const [all] = await database.sql<{ views: number }[]>`
    select views::int as views from channel_totals where channel_id = 0`;
  return all?.views ?? 0;
}
