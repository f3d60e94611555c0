// The tick under crashes, a second worker, a paused worker and a clock that was wrong.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ensureLivePartitions } from '#ingest/log-partitions.ts';
import { recordViews } from '#ingest/record-views.ts';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { bot, makeVideos, openIngest, person, rollUp, type TestIngest, viewOf } from '#test/factories.ts';
import { findDifferences } from './differences.ts';
import { tick } from './tick.ts';

const start = Date.parse('2026-03-10T12:00:00Z');
const dayMs = 86_400_000;
let now: number;
let database: TestDatabase;
let ingest: TestIngest;

beforeEach(async () => {
  now = start;
  database = await freshDatabase();
  await makeVideos(database.sql, ['tide', 'storm']);
  ingest = await openIngest(database, () => now);
});

afterEach(async () => {
  await ingest.close();
  await database.close();
});

test('a tick that fails before or after any statement writes all or nothing', async () => {
  const failAt = (statement: number) => {
    let reached = 0;
    return () => {
      reached += 1;
      if (reached === statement) throw new Error('the power went');
    };
  };
  let crashes = 0;
  for (let statement = 1; ; statement++) {
    await recordSome(3);
    const result = await tick(database.sql, new Date(now), 'UTC', failAt(statement)).catch(() => 'crashed' as const);
    await expectProved();
    if (result !== 'crashed') break;
    crashes += 1;
  }
  // Cursors, the staging and the slots, two counts for each of five grains and what else is counted, cursors again, the notification,
  // and the commit.
  expect(crashes).toBeGreaterThan(17);
  expect(await rolledUpTotal()).toBe(3 * (crashes + 1));
});

test('a worker killed at any statement leaves all or nothing', async () => {
  await recordSome(5);
  for (const statement of [1, 9, 17]) {
    expect(await tickProcess('SIGKILL', statement).ended).toBe('SIGKILL');
    expect(await rolledUpTotal()).toBe(0);
    await expectProved();
  }
  const afterTheLast = 1_000;
  expect(await tickProcess('SIGKILL', afterTheLast).ended).toBe('done');
  expect(await rolledUpTotal()).toBe(5);
});

test('two workers at once never count a view twice', async () => {
  const statuses = new Set<string>();
  for (let round = 0; round < 12; round++) {
    await recordSome(4);
    const workers = [0, 1].map(() => tick(database.sql, new Date(now), 'UTC'));
    for (const { status } of await Promise.all(workers)) statuses.add(status);
  }
  await rollUp(database.sql, now);
  expect(statuses).toEqual(new Set(['done', 'busy']));
  expect(await rolledUpTotal()).toBe(48);
  await expectProved();
});

test('a paused worker loses the cursors to the others, and writes nothing when it goes on', async () => {
  await recordSome(4);
  await rollUp(database.sql, now);
  await recordSome(4);
  const paused = tickProcess('SIGSTOP', 8);
  const isRolledUp = async () => (await tick(database.sql, new Date(now), 'UTC')).status;
  await expect.poll(isPaused, { timeout: 10_000, interval: 50 }).toBe(true);
  expect(await isRolledUp()).toBe('busy');
  // The server ends the idle transaction, and with it the locks on the cursors.
  await expect.poll(isRolledUp, { timeout: 10_000, interval: 50 }).toBe('done');
  paused.child.kill('SIGCONT');
  expect(await paused.ended).toBe('failed');
  expect(await rolledUpTotal()).toBe(8);
  await expectProved();
});

test('a silent lane wakes up far behind the shared batch numbers', async () => {
  const other = await openIngest(database, () => now);
  await recordSome(2);
  await recordViews(other, [viewOf('tide', now)], person);
  await rollUp(database.sql, now);
  // 500 batches are read in one tick at most.
  await database.sql`select setval('view_batches', nextval('view_batches') + 5000)`;
  await recordViews(other, [viewOf('tide', now)], person);
  await recordSome(3);
  await rollUp(database.sql, now);
  expect(await rolledUpTotal()).toBe(7);
  await expectProved();
  await other.close();
});

test('views are rolled up though the clock was years ahead, and was set right again', async () => {
  await recordSome(1);
  await rollUp(database.sql, now);
  now = start + 3_650 * dayMs;
  await ensureLivePartitions(database.sql, new Date(now));
  await recordSome(1);
  await rollUp(database.sql, now);
  now = start + 60_000;
  await recordSome(1);
  await rollUp(database.sql, now);
  expect(await rolledUpTotal()).toBe(3);
  await expectProved();
});

test('views are rolled up though the clock was years behind for a while', async () => {
  await recordSome(1);
  await rollUp(database.sql, now);
  now = start - 3_650 * dayMs;
  await ensureLivePartitions(database.sql, new Date(now));
  await recordSome(1);
  await rollUp(database.sql, now);
  now = start + 60_000;
  await recordSome(1);
  await rollUp(database.sql, now);
  expect(await rolledUpTotal()).toBe(3);
  await expectProved();
});

test('a view of a past day changes the buckets of its own minute and no others', async () => {
  await recordSome(1);
  await rollUp(database.sql, now);
  const before = await database.sql`select * from video_days`;
  await recordViews(ingest, [viewOf('tide', '2026-03-05T23:59:59.999Z')], person);
  await rollUp(database.sql, now);
  expect(await database.sql`select * from video_days where day > '2026-03-05'`).toEqual(before);
  const late = await database.sql`select views::int from video_hours where hour = '2026-03-05T23:00Z'`;
  expect(late).toEqual([{ views: 1 }]);
});

async function recordSome(views: number): Promise<void> {
  const bodies = Array.from({ length: views }, (_, i) => viewOf(i % 2 === 0 ? 'tide' : 'storm', now - i * 1_000));
  for (const body of bodies) await recordViews(ingest, [body], body.video === 'storm' ? bot : person);
}

/** A tick in a process of its own; `ended` is what it says, or the signal that ended it. */
function tickProcess(signal: NodeJS.Signals, statement: number): { child: ChildProcess; ended: Promise<string> } {
  const program = path.join(import.meta.dirname, '../test/tick-process.ts');
  const child = spawn(
    process.execPath,
    [program, database.url, new Date(now).toISOString(), signal, String(statement)],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const ended = Promise.all([once(child, 'exit'), text(child.stdout)]).then(([[, by], said]) => by ?? said.trim());
  return { child, ended };
}

async function isPaused(): Promise<boolean> {
  const idle = await database.sql`
    select from pg_stat_activity where application_name = 'boxoffice tick process' and state = 'idle in transaction'`;
  return idle.length === 1;
}

async function rolledUpTotal(): Promise<number> {
  const [total] = await database.sql<
    { views: number }[]
  >`select views::int as views from channel_totals where channel_id = 0`;
  return total?.views ?? 0;
}

async function expectProved(): Promise<void> {
  expect(await findDifferences(database.sql, new Date(now), 'UTC')).toEqual([]);
}
