// Partitions come and go beside a reader that does not end.
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { VideoId } from '#db/schema.ts';
import { Recorder } from '#ingest/recorder.ts';
import { freshDatabase } from '#test/database.ts';
import { logView, makeVideos, openIngest } from '#test/factories.ts';
import { connect } from './client.ts';
import { dropPartition, ensurePartitions, listPartitions, partitionedTables, partitionOf } from './partitions.ts';

const now = Date.parse('2026-03-10T12:00:00Z');
const readerMs = 10_000;
// A wait is given up after 200 ms; the rest is for a machine that is busy. Without that it would be as long as the reader.
const longestWaitMs = 2_000;
const { videoViews } = partitionedTables;

test('no flush waits for a reader while partitions are attached and dropped', { timeout: 60_000 }, async () => {
  const database = await freshDatabase();
  const video = (await makeVideos(database.sql, ['tide'])).get('tide') as VideoId;
  await (await openIngest(database, () => now)).close();
  const recorder = new Recorder(database.url);
  const reader = connect(database.url, { name: 'reader', max: 1, idleInTransactionTimeoutMs: 60_000 });
  await reader`begin`;
  await reader`select count(*) from video_views`;
  let isReading = true;
  const reading = sleep(readerMs).then(async () => {
    isReading = false;
    await reader`rollback`;
  });
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
      longest = Math.max(longest, await longestWait(database.sql));
      await sleep(25);
    }
  })();
  const [oldest] = await listPartitions(database.sql, videoViews);
  await ensurePartitions(database.sql, videoViews, [partitionOf(videoViews, '2007-06-06')]);
  expect(isReading).toBe(true);
  expect(oldest && (await dropPartition(database.sql, oldest, async () => true))).toBe(true);
  expect(isReading).toBe(false);
  isOver = true;
  await Promise.all([flushing, watching, reading]);
  expect(flushes).toBeGreaterThan(20);
  expect(longest).toBeLessThan(longestWaitMs);
  await recorder.close();
  await reader.end();
  await database.close();
});

/** For how long a flush has waited for a lock by now. */
async function longestWait(sql: Parameters<typeof listPartitions>[0]): Promise<number> {
  const [row] = await sql<[{ ms: number }]>`
    select coalesce(max(extract(epoch from clock_timestamp() - l.waitstart)) * 1000, 0)::float8 as ms
    from pg_locks l join pg_stat_activity a using (pid) where not l.granted and a.application_name like 'boxoffice ingest%'`;
  return row.ms;
}
