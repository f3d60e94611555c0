// Two workers as processes, views that keep coming, and a close, while the worker that holds the cursors stands still.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connect } from '#db/client.ts';
import { dayMs, utcDay } from '#db/day.ts';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { makeVideos, openIngest, type TestIngest } from '#test/factories.ts';
import { startProcess, type TestProcess } from '#test/process.ts';
import { startSteadyViews } from '#test/steady-views.ts';
import { checkInvariants } from './checker.ts';
import { closeDay } from './close-day.ts';

const names = ['worker one', 'worker two'];
let database: TestDatabase;
let ingest: TestIngest;
let workers: TestProcess[];

beforeEach(async () => {
  database = await freshDatabase();
  await makeVideos(database.sql, ['tide']);
  ingest = await openIngest(database, Date.now);
  workers = names.map((name) => startProcess('test/worker-process.ts', [database.url, name]));
  await Promise.all(workers.map((worker) => worker.line(/started/)));
});

afterEach(async () => {
  for (const { child } of workers) child.kill('SIGCONT');
  for (const { child } of workers) child.kill('SIGTERM');
  await Promise.all(workers.map(({ ended }) => ended));
  await ingest.close();
  await database.close();
});

test('a close ends though the leader is paused in its tick; counts stay exact and the lag heals', {
  timeout: 120_000,
}, async () => {
  const yesterday = Date.now() - dayMs;
  const views = startSteadyViews(ingest, 'tide', () => [Date.now(), yesterday]);
  await expect.poll(rolledUp, { timeout: 20_000, interval: 50 }).toBeGreaterThan(10);
  // What the close has to repair is what the leader has locked.
  await database.sql`update channel_totals set views = views + 5 where channel_id = 0`;
  const leader = await pauseLeader();
  const paused = workers[names.indexOf(leader)];
  expect(await sessionsOf(leader)).toMatchObject([{ state: 'idle in transaction' }]);
  const session = connect(database.url, { name: 'close', max: 1 });
  const closing = await closeDay(session, utcDay(yesterday), 'UTC', new Date());
  await session.end();
  expect(closing).toMatchObject({ status: 'closed', isBalanced: true, proof: { differingBuckets: 1 } });
  // The other one has taken over.
  const before = await rolledUp();
  await expect.poll(rolledUp, { timeout: 20_000, interval: 50 }).toBeGreaterThan(before);
  paused?.child.kill('SIGCONT');
  await paused?.line(/Error|CONNECTION|terminat/i);
  await expect.poll(async () => (await sessionsOf(leader)).length, { timeout: 20_000, interval: 50 }).toBe(1);
  const answered = await views.stop();
  await expect.poll(rolledUp, { timeout: 20_000, interval: 50 }).toBe(answered);
  await expect.poll(broken, { timeout: 30_000, interval: 200 }).toEqual([]);
});

/** Stops the worker that holds the cursors in the midst of its tick; resolves to its name. */
async function pauseLeader(): Promise<string> {
  const holder = connect(database.url, { name: 'holder', max: 1, idleInTransactionTimeoutMs: 60_000 });
  await holder`begin`;
  await holder`lock table channel_totals in exclusive mode`;
  let leader = '';
  const waiting = async () => {
    const [row] = await database.sql<{ name: string }[]>`
      select replace(application_name, 'boxoffice ', '') as name from pg_stat_activity
      where application_name like 'boxoffice worker%' and wait_event_type = 'Lock' and datname = current_database()`;
    leader = row?.name ?? '';
    return leader;
  };
  await expect.poll(waiting, { timeout: 20_000, interval: 20 }).not.toBe('');
  workers[names.indexOf(leader)]?.child.kill('SIGSTOP');
  // Its statement goes through, and it does not hear of it.
  await holder.end({ timeout: 0 });
  const state = async () => (await sessionsOf(leader))[0]?.state;
  await expect.poll(state, { timeout: 10_000, interval: 10 }).toBe('idle in transaction');
  return leader;
}

function sessionsOf(name: string) {
  return database.sql<{ state: string }[]>`
    select state from pg_stat_activity where application_name = ${`boxoffice ${name}`} and datname = current_database()`;
}

async function rolledUp(): Promise<number> {
  const [all] = await database.sql<
    { views: number }[]
  >`select views::int as views from channel_totals where channel_id = 0`;
  return all?.views ?? 0;
}

async function broken(): Promise<string[]> {
  const findings = await checkInvariants(database.sql, new Date(), 'UTC', { maxLagMs: 5_000 });
  return findings.filter(({ holds }) => !holds).map(({ invariant }) => invariant);
}
