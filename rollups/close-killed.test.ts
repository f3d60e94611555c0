// The close as a process that is killed for good before each of its larger statements.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect, type Sql } from '#db/client.ts';
import { recordViews } from '#ingest/record-views.ts';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { bot, makeVideos, openIngest, person, rollUp, type TestIngest, viewOf } from '#test/factories.ts';
import { type KeepingProcesses, openKeepingProcesses } from '#test/keeping-processes.ts';
import { storedRows } from '#test/stored-rows.ts';
import { checkInvariants } from './checker.ts';
import { closeDay } from './close-day.ts';

const day = '2026-03-10';
const noon = Date.parse(`${day}T12:00:00Z`);
const nextMorning = Date.parse('2026-03-11T02:14:00Z');
let now = noon;
let database: TestDatabase;
let session: Sql;
let ingest: TestIngest;
let processes: KeepingProcesses;

beforeAll(async () => {
  database = await freshDatabase();
  await makeVideos(database.sql, ['tide', 'storm']);
  ingest = await openIngest(database, () => now);
  session = connect(database.url, { name: 'close', max: 1 });
  processes = await openKeepingProcesses();
  await recordViews(ingest, [viewOf('tide', noon), viewOf('storm', noon - 60_000)], person);
  await recordViews(ingest, [viewOf('tide', noon)], bot);
  now = nextMorning;
  await rollUp(database.sql, now);
});

afterAll(async () => {
  await processes.close();
  await session.end();
  await ingest.close();
  await database.close();
});

test('killed at any probe, a close has done nothing, or all of the repair with its row in the ledger; the next one is exact', {
  timeout: 300_000,
}, async () => {
  // The first close sketches the day's viewers.
  await closeDay(session, day, 'UTC', new Date(now));
  const sound = await storedRows(database.sql);
  await damage();
  const damaged = await storedRows(database.sql);
  let [before, after] = [0, 0];
  for (let probe = 1; ; probe++) {
    const outcome = await processes.run({ url: database.url, now: iso(), probe, close: day });
    const { day_closings: ledger = [], ...rows } = await storedRows(database.sql);
    if (outcome === 'closed') break;
    expect(outcome).toBe('SIGKILL');
    if (ledger.length === 0) {
      before += 1;
      expect(rows).toEqual(without(damaged));
    } else {
      after += 1;
      expect(rows).toEqual(without(sound));
      expect(await closings()).toEqual([{ buckets: 2, balanced: false }]);
    }
    // The server takes a moment to see that its session ended, and holds the lock of closings until then.
    await expect.poll(sessions, { timeout: 10_000, interval: 10 }).toBe(0);
    if (ledger.length === 0) continue;
    // Where it was killed after the commit does not matter: it is one state.
    if (after === 1) await expectClosedByTheNext();
    await damage();
  }
  // At least a proof of 13 statements, ten repairs and the ledger's row; after its commit another proof and the balance.
  expect(before).toBeGreaterThanOrEqual(24);
  expect(after).toBeGreaterThanOrEqual(15);
  expect(await closings()).toEqual([{ buckets: 2, balanced: true }]);
  expect(await brokenInvariants()).toEqual([]);
});

async function expectClosedByTheNext(): Promise<void> {
  expect(await closeDay(session, day, 'UTC', new Date(now))).toMatchObject({ isBalanced: true });
  expect((await closings()).at(-1)).toEqual({ buckets: 0, balanced: true });
  expect(await brokenInvariants()).toEqual([]);
}

/** Two hours that no sum is made of, and no closing of the day. */
async function damage(): Promise<void> {
  await database.sql`delete from day_closings`;
  await database.sql`update video_hours set views = views + 1 where hour = ${new Date(noon).toISOString()}`;
  await database.sql`update channel_hours set bot_views = bot_views + 1 where channel_id = 0 and hour = ${new Date(noon).toISOString()}`;
}

function without({ day_closings: _, ...rows }: Record<string, string[]>) {
  return rows;
}

async function brokenInvariants(): Promise<string[]> {
  const findings = await checkInvariants(database.sql, new Date(now), 'UTC');
  return findings.filter(({ holds }) => !holds).map(({ invariant }) => invariant);
}

function closings() {
  return database.sql<{ buckets: number; balanced: boolean }[]>`
    select differing_buckets as buckets, is_balanced as balanced from day_closings order by id`;
}

async function sessions(): Promise<number> {
  const open = await database.sql`select from pg_stat_activity where application_name = 'boxoffice keeping process'
    and datname = current_database()`;
  return open.length;
}

function iso(): string {
  return new Date(now).toISOString();
}
