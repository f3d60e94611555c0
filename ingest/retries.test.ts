// Conflicts that Postgres resolves by failing one side never reach a sender: the flush is tried again.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { connect } from '#db/client.ts';
import type { VideoId } from '#db/schema.ts';
import type { TestDatabase } from '#test/database.ts';
import { logView, openLog } from '#test/factories.ts';
import { holdView } from '#test/hold-view.ts';
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

test('a deadlock with another session is retried', async () => {
  const recorder = new Recorder(database.url);
  const [first, second] = twoViewsInOrder();
  const other = connect(database.url, { name: 'other', max: 1 });
  // Whoever waits longest is the victim: the recorder.
  await other`set deadlock_timeout = '30s'`;
  await other`begin`;
  await insert(other, second);
  const recorded = recorder.record([first, second]);
  await expect.poll(() => waitingSessions('boxoffice ingest live'), { interval: 20 }).toBe(1);
  await insert(other, first);
  await other`rollback`;
  expect(await recorded).toEqual([{ status: 'counted' }, { status: 'counted' }]);
  expect(await loggedIds()).toEqual([first.id, second.id]);
  await Promise.all([recorder.close(), other.end({ timeout: 1 })]);
  // Tried again before the other is rolled back, it may meet it once more.
  expect(await deadlocks()).toBeGreaterThan(0);
});

test('a serialization failure is retried', async () => {
  const [{ name }] = await database.sql<[{ name: string }]>`select current_database() as name`;
  await database.sql.unsafe(`alter database ${name} set default_transaction_isolation = 'repeatable read'`);
  const recorder = new Recorder(database.url);
  const [first, second] = twoViewsInOrder();
  const holder = await holdView(database.url, first);
  const recorded = recorder.record([first, second]);
  await expect.poll(() => waitingSessions('boxoffice ingest live'), { interval: 20 }).toBe(1);
  await holder.commit();
  expect(await recorded).toEqual([{ status: 'duplicate' }, { status: 'counted' }]);
  await recorder.close();
  await database.sql.unsafe(`alter database ${name} reset default_transaction_isolation`);
});

test('a lock that is held for too long is waited for again', async () => {
  const recorder = new Recorder(database.url);
  const view = logView(tide, now);
  await recorder.record([logView(tide, now)]);
  const holder = await holdView(database.url, view);
  const flushedAt = performance.now();
  const recorded = recorder.record([view]);
  const lockTimeoutMs = 2_000;
  await new Promise((resolve) => setTimeout(resolve, lockTimeoutMs + 200));
  await holder.undo();
  expect(await recorded).toEqual([{ status: 'counted' }]);
  expect(performance.now() - flushedAt).toBeGreaterThan(lockTimeoutMs);
  await recorder.close();
});

test('two processes that send the same views in opposite order never deadlock', async () => {
  const before = await deadlocks();
  const recorders = [new Recorder(database.url), new Recorder(database.url)];
  for (let round = 0; round < 20; round++) {
    const views = Array.from({ length: 300 }, () => logView(tide, now));
    const [there, back] = await Promise.all([recorders[0]?.record(views), recorders[1]?.record(views.toReversed())]);
    const counted = [...(there ?? []), ...(back ?? [])].filter(({ status }) => status === 'counted');
    expect(counted).toHaveLength(300);
  }
  await Promise.all(recorders.map((recorder) => recorder.close()));
  expect(await loggedIds()).toHaveLength(6_000);
  expect(await deadlocks()).toBe(before);
});

function twoViewsInOrder(): [LogView, LogView] {
  const [a, b] = [logView(tide, now), logView(tide, now + 1)];
  return [a, b];
}

async function insert(sql: TestDatabase['sql'], { id, viewer, videoId, viewedAt }: LogView): Promise<void> {
  await sql`
    insert into video_views (id, viewer, video_id, viewed_at, received_at, batch, lane, is_muted)
    values (${id}, ${viewer}, ${videoId}, to_timestamp(${viewedAt / 1000}::float8), now(), 0, 0, false)`;
}

async function loggedIds(): Promise<string[]> {
  const rows = await database.sql<{ id: string }[]>`select id from video_views order by id`;
  return rows.map(({ id }) => id);
}

async function waitingSessions(name: string): Promise<number> {
  const sessions = await database.sql`
    select from pg_stat_activity
    where datname = current_database() and application_name = ${name} and wait_event_type = 'Lock'`;
  return sessions.length;
}

/** Since the database was made; a session reports them when it ends. */
async function deadlocks(): Promise<number> {
  const [row] = await database.sql<[{ deadlocks: number }]>`
    select deadlocks::int from pg_stat_database where datname = current_database()`;
  return row.deadlocks;
}
