// Partitions come and go beside readers that do not end.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { VideoId } from '#db/schema.ts';
import { Recorder } from '#ingest/recorder.ts';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { logView, makeVideos, openIngest } from '#test/factories.ts';
import { connect, type Sql } from './client.ts';
import { dropPartition, ensurePartitions, listPartitions, partitionedTables, partitionOf } from './partitions.ts';

const now = Date.parse('2026-03-10T12:00:00Z');
const readerMs = 10_000;
// Waits for locks, not the time that a flush takes: a busy machine makes the one longer, and only a lock the other.
const longestWaitMs = 500;
const { videoViews } = partitionedTables;
let database: TestDatabase;
let video: VideoId;

beforeEach(async () => {
  database = await freshDatabase();
  video = (await makeVideos(database.sql, ['tide'])).get('tide') as VideoId;
  await (await openIngest(database, () => now)).close();
});

afterEach(() => database.close());

test('no flush waits for a reader while partitions are attached and dropped', { timeout: 60_000 }, async () => {
  // Of other days: so the drop gets as far as the table, where it stands in the way of flushes.
  const reader = await read('only video_views');
  let isReading = true;
  const reading = sleep(readerMs).then(async () => {
    isReading = false;
    await reader.stop();
  });
  const ingest = startIngest();
  const [oldest] = await listPartitions(database.sql, videoViews);
  await ensurePartitions(database.sql, videoViews, [partitionOf(videoViews, '2007-06-06')]);
  expect(isReading).toBe(true);
  expect(oldest && (await dropPartition(database.sql, oldest, async () => true))).toBe(true);
  expect(isReading).toBe(false);
  const { flushes, longest } = await ingest.stop();
  await reading;
  expect(flushes).toBeGreaterThan(20);
  expect(longest).toBeGreaterThan(0);
  expect(longest).toBeLessThan(longestWaitMs);
});

test('a reader of the partition that is dropped holds off no flush to others at all', { timeout: 60_000 }, async () => {
  const [oldest] = await listPartitions(database.sql, videoViews);
  const reader = await read(`only ${oldest?.name}`);
  const ingest = startIngest();
  const dropping = oldest && dropPartition(database.sql, oldest, async () => true);
  const tries = new Set<string>();
  await expect
    .poll(async () => tries.add((await waitOfDrop()) ?? '').size, { timeout: 20_000, interval: 20 })
    .toBeGreaterThan(4);
  await reader.stop();
  expect(await dropping).toBe(true);
  const { flushes, longest } = await ingest.stop();
  expect(flushes).toBeGreaterThan(20);
  // Each try of the drop waits for 200.
  expect(longest).toBeLessThan(150);
});

/** A transaction that reads a table, and stays open. */
async function read(table: string): Promise<{ stop(): Promise<void> }> {
  const sql = connect(database.url, { name: 'reader', max: 1, idleInTransactionTimeoutMs: 60_000 });
  await sql`begin`;
  await sql.unsafe(`lock table ${table} in access share mode`);
  return { stop: () => sql.end({ timeout: 0 }) };
}

/** Records one view after the other, and watches for how long a flush waits for a lock at most. */
function startIngest(): { stop(): Promise<{ flushes: number; longest: number }> } {
  const recorder = new Recorder(database.url);
  const watcher = connect(database.url, { name: 'watcher', max: 1 });
  let flushes = 0;
  let longest = 0;
  let isOver = false;
  const flushing = (async () => {
    while (!isOver) {
      const [outcome] = await recorder.record([logView(video, now)]);
      expect(outcome).toEqual({ status: 'counted' });
      flushes += 1;
    }
  })();
  const watching = (async () => {
    while (!isOver) {
      longest = Math.max(longest, await longestWait(watcher));
      await sleep(10);
    }
  })();
  return {
    async stop() {
      isOver = true;
      await Promise.all([flushing, watching]);
      await recorder.close();
      await watcher.end();
      return { flushes, longest };
    },
  };
}

/** For how long a flush has waited for a lock by now. */
async function longestWait(sql: Sql): Promise<number> {
  const [row] = await sql<[{ ms: number }]>`
    select coalesce(max(extract(epoch from clock_timestamp() - l.waitstart)) * 1000, 0)::float8 as ms
    from pg_locks l join pg_stat_activity a using (pid) where not l.granted and a.application_name like 'boxoffice ingest%'`;
  return row.ms;
}

/** Since when the drop waits for a lock. */
async function waitOfDrop(): Promise<string | undefined> {
  const [row] = await database.sql<{ since: string }[]>`
    select waitstart::text as since from pg_locks where not granted and mode = 'AccessExclusiveLock'`;
  return row?.since;
}
