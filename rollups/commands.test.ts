// The commands of the operator as processes: audit tells, close repairs, and their exit codes say which.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { recordViews } from '#ingest/record-views.ts';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { makeVideos, openIngest, person, rollUp, viewOf } from '#test/factories.ts';
import { startProcess } from '#test/process.ts';

const noon = Date.parse('2026-03-10T12:00:00Z');
let database: TestDatabase;

beforeEach(async () => {
  database = await freshDatabase();
  await makeVideos(database.sql, ['tide']);
  const ingest = await openIngest(database, () => noon);
  await recordViews(ingest, [viewOf('tide', noon), viewOf('tide', noon - 86_400_000)], person);
  await rollUp(database.sql, noon);
  await ingest.close();
});

afterEach(() => database.close());

test('an audit of what agrees says so of each day', async () => {
  const { code, said } = await run('audit');
  expect(code).toBe(0);
  expect(said).toContain('2026-03-09  1 views in the log, 0 differences');
  expect(said).toContain('2 days proved, 0 differ.');
});

test('an audit names what differs and changes nothing, a close repairs it', { timeout: 90_000 }, async () => {
  await database.sql`update video_days set views = 8 where day = '2026-03-10'`;
  for (const _ of [1, 2]) {
    const { code, said } = await run('audit', '--from', '2026-03-10');
    expect(code).toBe(2);
    expect(said).toMatch(/video_days of \d+ 2026-03-10: 8 views and 0 of bots, due are 1 and 0/);
    expect(said).toContain('1 days proved, 1 differ.');
  }
  const closed = await run('close', '--day', '2026-03-10');
  expect(closed.code).toBe(0);
  expect(closed.said).toContain('1 differences');
  expect(closed.said).toContain('repaired');
  expect((await run('audit')).code).toBe(0);
  expect((await run('close')).said).toContain('2026-03-09');
  expect((await run('close')).said).toContain('No day is due.');
});

test('an audit names a closed day whose log has changed', { timeout: 90_000 }, async () => {
  expect((await run('close', '--day', '2026-03-09')).code).toBe(0);
  await database.sql`update day_closings set log_views = 2`;
  const { code, said } = await run('audit');
  expect(code).toBe(2);
  expect(said).toContain('BROKEN  closings: closed days that changed: 2026-03-09');
  expect(said).toContain('2 days proved, 0 differ.');
  expect((await run('audit', '--from', '2026-03-10')).code).toBe(0);
});

test.each([
  ['audit', '--from', '2026-02-30'],
  ['close', '--day', 'yesterday'],
  ['rebuild', '--from', '2026-02-30'],
  ['rebuild', '--from', '0000-01-01'],
])('%s %s %s is refused with what it should look like', async (command, ...args) => {
  const { code, said } = await run(command, ...args);
  expect(code).toBe(1);
  expect(said).toContain('should be a date such as 2026-03-10');
});

test('a rebuild sets right what was emptied, and says what differed', async () => {
  await database.sql`truncate video_days, channel_months`;
  const { code, said } = await run('rebuild');
  expect(said).toContain('Counted 2 days once more, 2 differed, put right 2 months and totals.');
  expect(code).toBe(0);
  expect((await run('audit')).code).toBe(0);
  expect((await run('rebuild')).said).toContain('Counted 2 days once more, 0 differed, put right 0 months and totals.');
  const runs = await database.sql`select result from task_runs where task = 'rebuild' and error is null`;
  expect(runs).toHaveLength(2);
});

test('a rebuild in another zone says what to do next, and other zones are refused as before', async () => {
  expect((await run('close')).code).toBe(0);
  const { code, said } = await run('rebuild', '--time-zone', 'Asia/Kathmandu');
  expect(said).toContain('Days are cut in Asia/Kathmandu now: all of them.');
  expect(said).toContain('Set TIME_ZONE=Asia/Kathmandu, or leave it out, and restart the servers');
  expect(said).toMatch(/Changed the zone from UTC to Asia\/Kathmandu; proved \d+ days, 0 differed/);
  expect(code).toBe(0);
  expect((await run('audit')).code).toBe(0);
  expect((await run('rebuild', '--time-zone', 'Asia/Kathmandu')).said).toContain('cut in Asia/Kathmandu already');
  const refused = await run('audit', { TIME_ZONE: 'Europe/Berlin' });
  expect(refused.code).toBe(1);
  expect(refused.said).toContain('npm run rebuild -- --time-zone Europe/Berlin');
}, 90_000);

test.each([
  [['--time-zone', 'Mars/Olympus'], 'should be a zone of the IANA database'],
  [['--time-zone', 'UTC', '--from', '2026-03-10'], 'leave out --from and --to'],
  [['--from', '2026-03-10', '--to', '2026-03-09'], 'the first day comes after the last'],
])('rebuild %j is refused', async (args, because) => {
  const { code, said } = await run('rebuild', ...args);
  expect(code).toBe(1);
  expect(said).toContain(because);
});

async function run(
  command: string,
  ...args: (string | Record<string, string>)[]
): Promise<{ code: unknown; said: string }> {
  const words = args.filter((one) => typeof one === 'string');
  const env = Object.assign({ DATABASE_URL: database.url }, ...args.filter((one) => typeof one !== 'string'));
  const child = startProcess(`rollups/run-${command}.ts`, words, env);
  const code = await child.ended;
  return { code, said: child.said() };
}
