// The lane and the partitions under the recorder: what is taken away is found, made or leased again.
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { VideoId } from '#db/schema.ts';
import { findDifferences } from '#rollups/differences.ts';
import type { TestDatabase } from '#test/database.ts';
import { logView, openLog, rollUp } from '#test/factories.ts';
import { holdView } from '#test/hold-view.ts';
import { Unavailable } from './failure.ts';
import { Recorder } from './recorder.ts';

const now = Date.parse('2026-03-10T12:00:00Z');
const dayMs = 86_400_000;
let database: TestDatabase;
let recorder: Recorder;
let tide: VideoId;

beforeEach(async () => {
  ({ database, tide } = await openLog(now));
  recorder = new Recorder(database.url);
});

afterEach(async () => {
  await recorder.close();
  await rollUp(database.sql, now);
  expect(await findDifferences(database.sql, new Date(now), 'UTC')).toEqual([]);
  await database.close();
});

test('a flush whose lane has moved writes nothing, and goes on under a fresh lease', async () => {
  await recorder.record([logView(tide, now)]);
  await database.sql`update ingest_lanes set batch = nextval('view_batches')`;
  const [{ batch: taken }] = await database.sql<[{ batch: number }]>`select batch::int from ingest_lanes`;
  const view = logView(tide, now);
  expect(await recorder.record([view, view])).toEqual([{ status: 'counted' }, { status: 'duplicate' }]);
  const rows = await database.sql<{ batch: number }[]>`select batch::int from video_views where id = ${view.id}`;
  expect(rows).toHaveLength(1);
  expect(rows[0]?.batch).toBeGreaterThan(taken);
  expect(await database.sql`select sum(views)::int as views from screening_minutes`).toEqual([{ views: 1 }]);
});

test('views in a flush whose session is ended are not acknowledged, and counted once by the retry', async () => {
  const view = logView(tide, now);
  await recorder.record([logView(tide, now)]);
  const holder = await holdView(database.url, view);
  const refused = expect(recorder.record([view])).rejects.toThrow(Unavailable);
  await expect.poll(endWaitingIngestSessions, { interval: 20 }).toBe(1);
  await refused;
  await holder.undo();
  expect(await recorder.record([view])).toEqual([{ status: 'counted' }]);
  expect(await database.sql`select from video_views where id = ${view.id}`).toHaveLength(1);
});

test('a session ended between two flushes costs nobody a view', async () => {
  await recorder.record([logView(tide, now)]);
  await database.sql`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and application_name = 'boxoffice ingest live'`;
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(await recorder.record([logView(tide, now)])).toEqual([{ status: 'counted' }]);
});

test('each process has a lane of its own, and leaves it to the next', async () => {
  const other = new Recorder(database.url);
  await recorder.record([logView(tide, now)]);
  await other.record([logView(tide, now)]);
  await other.close();
  const third = new Recorder(database.url);
  await third.record([logView(tide, now)]);
  await third.close();
  const lanes = await database.sql`select lane, count(*)::int as views from video_views group by lane order by lane`;
  expect(lanes).toEqual([
    { lane: 1, views: 1 },
    { lane: 2, views: 2 },
  ]);
});

test('a partition that is missing is made when a view needs it', async () => {
  await database.sql`drop table video_views_20260310`;
  await database.sql`drop table video_views_20260305`;
  const views = [logView(tide, now), logView(tide, now - 5 * dayMs, { receivedAt: now })];
  const counted = { status: 'counted' };
  expect(await recorder.record(views)).toEqual([counted, counted]);
});

test('a partition for refusals that is missing is made too', async () => {
  await database.sql`drop table screening_minutes_20260310`;
  const view = logView(tide, now);
  expect(await recorder.record([view, view])).toEqual([{ status: 'counted' }, { status: 'duplicate' }]);
  expect(await database.sql`select reason from screening_minutes`).toEqual([{ reason: 'duplicate' }]);
});

test('a view of an archived day is refused, its neighbours are counted, and the day stays gone', async () => {
  await database.sql`drop table video_views_20260305`;
  await database.sql`insert into log_archives values ('2026-03-05', 0, now())`;
  const late = logView(tide, now - 5 * dayMs, { receivedAt: now });
  const outcomes = await recorder.record([logView(tide, now), late, logView(tide, now), late]);
  const archived = { status: 'rejected', reason: 'archived' };
  expect(outcomes).toEqual([{ status: 'counted' }, archived, { status: 'counted' }, archived]);
  expect(await database.sql`select to_regclass('video_views_20260305') as name`).toEqual([{ name: null }]);
  expect(await database.sql`select reason, views::int from screening_minutes`).toEqual([
    { reason: 'archived', views: 2 },
  ]);
});

/** Ends the ingest sessions that wait for a lock; returns how many there were. */
async function endWaitingIngestSessions(): Promise<number> {
  const ended = await database.sql`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and application_name = 'boxoffice ingest live' and wait_event_type = 'Lock'`;
  return ended.length;
}
