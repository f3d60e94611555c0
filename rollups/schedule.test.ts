import { afterEach, beforeEach, expect, test } from 'vitest';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { forgetOldRuns, startSchedule, type Task } from './schedule.ts';

const now = new Date('2026-03-10T12:00:00Z');
const errors: string[] = [];
let database: TestDatabase;

beforeEach(async () => {
  database = await freshDatabase();
  errors.length = 0;
});

afterEach(() => database.close());

test('a task whose time was missed runs at the start, and is written down', async () => {
  await start(nightly(async () => 'Closed 3 days.'));
  expect(await runs()).toEqual([
    { task: 'nightly', at: now.toISOString(), result: 'Closed 3 days.', error: null, ended: true },
  ]);
});

test('one that ran since its last time does not', async () => {
  // Its last time was 02:14 in Berlin, 01:14 in UTC.
  await database.sql`insert into task_runs (task, started_at, duration_ms, result) values ('nightly', '2026-03-10T01:14:00Z', 5, 'Closed 1 day.')`;
  await start(nightly(async () => 'again'));
  expect(await runs()).toHaveLength(1);
  await database.sql`update task_runs set started_at = '2026-03-10T01:13:00Z'`;
  await start(nightly(async () => 'again'));
  expect(await runs()).toHaveLength(2);
});

test('one that was killed in its run has not run', async () => {
  await database.sql`insert into task_runs (task, started_at) values ('nightly', '2026-03-10T01:14:00Z')`;
  await start(nightly(async () => 'again'));
  expect(await runs()).toMatchObject([{ ended: false }, { result: 'again' }]);
});

test('a failure is written down and reported, and the others run', async () => {
  const failing = nightly(async () => Promise.reject(new Error('the disk is full')));
  await start(failing, { ...nightly(async () => 'done'), name: 'other' });
  expect(await runs()).toMatchObject([
    { task: 'nightly', result: null, error: 'the disk is full' },
    { task: 'other', result: 'done', error: null },
  ]);
  expect(errors).toEqual(['nightly: the disk is full']);
  await start(failing);
  expect(await runs()).toHaveLength(3);
});

test('a stop tells the running task and waits for it', async () => {
  let heard = false;
  const patient = nightly(async (_, stopped) => {
    if (!stopped.aborted) await new Promise((resolve) => stopped.addEventListener('abort', resolve));
    heard = true;
    return 'gave up';
  });
  const schedule = open(patient);
  await expect.poll(async () => (await runs()).length, { interval: 10 }).toBe(1);
  await schedule.stop();
  expect(heard).toBe(true);
  expect(await runs()).toMatchObject([{ result: 'gave up' }]);
});

test('what breaks because the server stops is written down as that, and is no failure', async () => {
  const broken = nightly(async (_, stopped) => {
    if (!stopped.aborted) await new Promise((resolve) => stopped.addEventListener('abort', resolve));
    throw new Error('write CONNECTION_ENDED');
  });
  const schedule = open(broken);
  await expect.poll(async () => (await runs()).length, { interval: 10 }).toBe(1);
  await schedule.stop();
  expect(await runs()).toMatchObject([{ result: null, error: expect.stringContaining('stopped meanwhile') }]);
  expect(errors).toEqual([]);
});

test('runs are forgotten after thirty days', async () => {
  await database.sql`insert into task_runs (task, started_at) values ('a', '2026-02-08T11:00:00Z'), ('b', '2026-02-08T13:00:00Z')`;
  expect(await forgetOldRuns(database.sql, now)).toBe(1);
  expect(await runs()).toMatchObject([{ task: 'b', ended: false }]);
});

function nightly(run: Task['run']): Task {
  return { name: 'nightly', purpose: 'Closes.', pattern: '14 2 * * *', run };
}

function open(...tasks: Task[]) {
  const onError = (task: string, error: unknown) => errors.push(`${task}: ${(error as Error).message}`);
  return startSchedule(database.sql, tasks, { timeZone: 'Europe/Berlin', clock: () => now, onError });
}

/** Starts the tasks and lets what was missed run to its end. */
async function start(...tasks: Task[]): Promise<void> {
  const schedule = open(...tasks);
  await schedule.caughtUp;
  await schedule.stop();
}

function runs() {
  return database.sql`
    select task, to_char(started_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, result, error, duration_ms is not null as ended
    from task_runs order by task, id`;
}
