import { afterAll, beforeAll, expect, test } from 'vitest';
import { runTask } from '#rollups/schedule.ts';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { lastRuns, latestRuns } from './task-runs.ts';

let database: TestDatabase;
let minute = 0;

beforeAll(async () => {
  database = await freshDatabase();
});

afterAll(() => database.close());

test('before the first run there is none', async () => {
  expect(await latestRuns(database.db, 10)).toEqual([]);
  expect(await lastRuns(database.db)).toEqual(new Map());
});

test('the latest runs are those of all tasks, newest first; the last ones one of each', async () => {
  await run('close', async () => 'Closed 1 day.');
  await run('retention', async () => Promise.reject(new Error('the disk is full')));
  await run('close', async () => 'Closed 2 days.');
  expect(await latestRuns(database.db, 10)).toMatchObject([
    { task: 'close', startedAt: '2026-03-10T02:03:00Z', result: 'Closed 2 days.', error: null },
    { task: 'retention', startedAt: '2026-03-10T02:02:00Z', result: null, error: 'the disk is full' },
    { task: 'close', startedAt: '2026-03-10T02:01:00Z', result: 'Closed 1 day.', error: null },
  ]);
  expect((await latestRuns(database.db, 2)).map(({ task }) => task)).toEqual(['close', 'retention']);
  const last = await lastRuns(database.db);
  expect([...last.keys()].sort()).toEqual(['close', 'retention']);
  expect(last.get('close')).toMatchObject({ result: 'Closed 2 days.', durationMs: expect.any(Number) });
  expect(last.get('retention')).toMatchObject({ error: 'the disk is full', durationMs: expect.any(Number) });
});

test('a run that has not ended has neither duration nor result', async () => {
  const running = Promise.withResolvers<string>();
  const ended = run('close', () => running.promise);
  const last = async () => (await lastRuns(database.db)).get('close');
  await expect.poll(last).toMatchObject({ startedAt: '2026-03-10T02:04:00Z', durationMs: null, result: null });
  running.resolve('Closed 3 days.');
  await ended;
  expect(await last()).toMatchObject({ result: 'Closed 3 days.', durationMs: expect.any(Number) });
});

/** Runs a task as the schedule does, each a minute after the one before. */
function run(name: string, work: () => Promise<string>): Promise<void> {
  minute += 1;
  const startedAt = new Date(Date.parse('2026-03-10T02:00:00Z') + minute * 60_000);
  const task = { name, purpose: 'Keeps.', pattern: '14 2 * * *', run: work };
  const stopped = new AbortController().signal;
  return runTask(database.sql, task, { clock: () => startedAt, onError: () => {}, stopped });
}
