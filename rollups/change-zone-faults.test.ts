// A change of zone beside ingest and an old rollup, under crashes, and what a server that was not restarted is told.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connect, type Sql } from '#db/client.ts';
import { nameOf, readZone } from '#db/reporting-zone.ts';
import { recordViews } from '#ingest/record-views.ts';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { bot, makeVideos, openIngest, person, rollUp, type TestIngest, viewOf } from '#test/factories.ts';
import { startProcess } from '#test/process.ts';
import { changeZone } from './change-zone.ts';
import { checkInvariants } from './checker.ts';
import { closeDay } from './close-day.ts';
import { closeDueDays, dueDays } from './close-due-days.ts';
import { startWorker } from './worker.ts';

const hourMs = 3_600_000;
const to = 'Asia/Kathmandu';
const changed = `The reporting zone was changed to ${to}: restart the server.`;
const now = Date.parse('2026-03-10T12:00:00Z');
let database: TestDatabase;
let ingest: TestIngest;
let session: Sql;

beforeEach(async () => {
  database = await freshDatabase();
  await makeVideos(database.sql, ['tide', 'storm']);
  ingest = await openIngest(database, () => now);
  await record(20);
  await rollUp(database.sql, now);
  session = connect(database.url, { name: 'rebuild', max: 1 });
});

afterEach(async () => {
  await session.end();
  await ingest.close();
  await database.close();
});

test('views that are recorded and rolled up meanwhile are counted once, in days of the new zone', async () => {
  const errors: string[] = [];
  const options = { intervalMs: 50, silenceMs: 60_000, clock: () => new Date(now), onError: note(errors) };
  const old = startWorker(() => connect(database.url, { name: 'old', max: 1 }), { ...options, timeZone: 'UTC' });
  let isChanging = true;
  let views = 20;
  const beside = (async () => {
    while (isChanging) views += await record(3);
  })();
  await changeZone(session, { from: 'UTC', to, now: new Date(now) });
  isChanging = false;
  await beside;
  views += await record(4);
  // The old server goes on taking views; its rollup says what to do and writes nothing.
  await expect.poll(() => errors, { timeout: 15_000 }).toContain(changed);
  const before = await total();
  views += await record(1);
  await old.stop();
  expect(await total()).toBe(before);
  const anew = startWorker(() => connect(database.url, { name: 'new', max: 1 }), { ...options, timeZone: to });
  await expect.poll(total, { timeout: 15_000 }).toBe(views);
  await anew.stop();
  await expectSound(to);
});

test('a process of before the change neither closes nor takes old closings for proofs', async () => {
  expect(await closeDueDays(session, 'UTC', () => new Date(now))).not.toEqual([]);
  expect(await dueDays(session, 'UTC', new Date(now))).toEqual([]);
  await changeZone(session, { from: 'UTC', to, now: new Date(now) });
  await expect(closeDay(session, '2026-03-09', 'UTC', new Date(now))).rejects.toThrow(changed);
  expect(await dueDays(session, to, new Date(now))).toEqual(['2026-03-09']);
  expect(await closeDay(session, '2026-03-09', to, new Date(now))).toMatchObject({
    status: 'closed',
    proof: { differingBuckets: 0 },
  });
  const changes = await database.sql`select from_zone, to_zone, cut_at from zone_changes`;
  expect([...changes]).toEqual([{ from_zone: 'UTC', to_zone: to, cut_at: null }]);
});

test('a change that fails before any of its statements changes all or nothing', { timeout: 120_000 }, async () => {
  for (let statement = 1; ; statement++) {
    const from = await readZone(session);
    const aim = from === 'UTC' ? to : 'UTC';
    let reached = 0;
    const probe = () => {
      reached += 1;
      if (reached === statement) throw new Error('the power went');
    };
    const result = await changeZone(session, { from, to: aim, now: new Date(now), probe }).catch(() => 'crashed');
    // Only the last probe comes after the transaction.
    const stored = await readZone(session);
    if (result === 'crashed' && nameOf(stored) === nameOf(from)) await expectSound(nameOf(from));
    else {
      await expectSound(aim);
      if (result !== 'crashed') break;
    }
    await record(1);
    await rollUp(database.sql, now, stored);
  }
  expect(await database.sql`select from zone_changes`).toHaveLength(2);
});

test('a change that is killed changes all or nothing', { timeout: 120_000 }, async () => {
  // Before anything, among the days, among the aggregates, before the ledger and before the commit: 2 days, 10 aggregates, breakdowns, viewers, lists.
  for (const statement of [1, 3, 8, 17, 21, 24]) {
    expect(await changeInProcess(statement)).toBe('SIGKILL');
    expect(await readZone(session)).toBe('UTC');
    await expectSound('UTC');
  }
  // After the commit.
  expect(await changeInProcess(25)).toBe('SIGKILL');
  expect(await readZone(session)).toBe(to);
  await expectSound(to);
});

async function changeInProcess(statement: number): Promise<unknown> {
  const args = [database.url, new Date(now).toISOString(), to, String(statement)];
  return startProcess('test/zone-process.ts', args).ended;
}

/** Views of the last thirty hours. */
async function record(count: number): Promise<number> {
  const at = (i: number) => now - ((i * 7) % 30) * hourMs;
  const views = Array.from({ length: count }, (_, i) => viewOf(i % 2 === 0 ? 'tide' : 'storm', at(i)));
  await recordViews(ingest, views, count % 2 === 0 ? bot : person);
  return count;
}

function note(errors: string[]): (error: unknown) => void {
  return (error) => errors.push((error as Error).message);
}

async function total(): Promise<number> {
  const [all] = await database.sql<{ views: number }[]>`
    select views::int as views from channel_totals where channel_id = 0`;
  return all?.views ?? 0;
}

async function expectSound(timeZone: string): Promise<void> {
  const findings = await checkInvariants(database.sql, new Date(now), timeZone);
  expect(findings.filter(({ holds }) => !holds)).toEqual([]);
}
