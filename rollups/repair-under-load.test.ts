// A day that was proved, and then damaged in every aggregate, while views of it and of today keep coming and are rolled up.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connect, type Sql } from '#db/client.ts';
import { dayMs, utcDay } from '#db/day.ts';
import { ledger } from '#reports/ledger.ts';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { makeVideos, openIngest, type TestIngest } from '#test/factories.ts';
import { startSteadyViews } from '#test/steady-views.ts';
import { checkInvariants } from './checker.ts';
import { closeDay } from './close-day.ts';
import { startWorker, type Worker } from './worker.ts';

const grains = ['minute', 'hour', 'day', 'month', 'total'] as const;
let database: TestDatabase;
let ingest: TestIngest;
let worker: Worker;
let session: Sql;
let errors: string[];

beforeEach(async () => {
  database = await freshDatabase();
  await makeVideos(database.sql, ['tide']);
  ingest = await openIngest(database, Date.now);
  session = connect(database.url, { name: 'close', max: 1 });
  errors = [];
  worker = startWorker(() => connect(database.url, { name: 'worker', max: 1 }), {
    ...{ intervalMs: 50, silenceMs: 60_000, timeZone: 'UTC' },
    clock: () => new Date(),
    onError: (error) => errors.push(String(error)),
  });
});

afterEach(async () => {
  await worker.stop();
  await session.end();
  await ingest.close();
  await database.close();
});

test('damage to every aggregate of a proved day is found, reported and repaired by the difference, views that come meanwhile stay', {
  timeout: 120_000,
}, async () => {
  // In the midst of its day, so that none of its hours is one of another.
  const yesterday = Date.parse(`${utcDay(Date.now() - dayMs)}T12:30:30Z`);
  const day = utcDay(yesterday);
  const views = startSteadyViews(ingest, 'tide', () => [Date.now(), yesterday]);
  await expect.poll(rolledUp, { timeout: 20_000, interval: 50 }).toBeGreaterThan(20);
  expect(await close(day)).toMatchObject({ status: 'closed', isBalanced: true, proof: { differingBuckets: 0 } });
  const damaged = await damage(day, yesterday);
  expect(damaged).toHaveLength(15);
  const before = await rolledUp();
  const closing = await close(day);
  expect(closing).toMatchObject({ status: 'closed', isBalanced: true, proof: { differingBuckets: 15 } });
  const [row] = await ledger(database.db, 1);
  expect(row).toMatchObject({ day, differingBuckets: 15, differingViews: 15 * 7, isBalanced: true });
  expect(row?.repairs.map(({ table, owner }) => `${table} of ${owner}`).sort()).toEqual(damaged);
  for (const one of row?.repairs ?? []) {
    expect([one.views - one.expectedViews, one.botViews - one.expectedBotViews]).toEqual([5, 2]);
  }
  await expect.poll(rolledUp, { timeout: 20_000, interval: 50 }).toBeGreaterThan(before);
  const counted = await views.stop();
  await expect.poll(rolledUp, { timeout: 20_000, interval: 50 }).toBe(counted);
  const findings = await checkInvariants(database.sql, new Date(), 'UTC');
  expect(findings.filter(({ holds }) => !holds)).toEqual([]);
  expect(await close(day)).toMatchObject({ proof: { differingBuckets: 0 } });
  expect(errors).toEqual([]);
});

/** Adds 5 views and 2 of bots to a row of each grain, of the video, of its channel and of all; names those it changed. */
async function damage(day: string, at: number): Promise<string[]> {
  const { sql } = database;
  const bucket = {
    minute: sql`and minute = date_trunc('minute', ${new Date(at).toISOString()}::text::timestamptz)`,
    hour: sql`and hour = date_trunc('hour', ${new Date(at).toISOString()}::text::timestamptz)`,
    day: sql`and day = ${day}::text::date`,
    month: sql`and month = date_trunc('month', ${day}::text::date)`,
    total: sql``,
  };
  const changed: string[] = [];
  for (const grain of grains) {
    for (const [subject, which] of [
      ['video', '> 0'],
      ['channel', '> 0'],
      ['channel', '= 0'],
    ] as const) {
      const table = `${subject}_${grain}s`;
      const rows = await sql<{ owner: string }[]>`
        update ${sql(table)} set views = views + 5, bot_views = bot_views + 2
        where ${sql(`${subject}_id`)} ${sql.unsafe(which)} ${bucket[grain]} returning ${sql(`${subject}_id`)}::text as owner`;
      changed.push(...rows.map(({ owner }) => `${table} of ${owner}`));
    }
  }
  return changed.sort();
}

function close(day: string) {
  return closeDay(session, day, 'UTC', new Date());
}

async function rolledUp(): Promise<number> {
  const [all] = await database.sql<
    { views: number }[]
  >`select views::int as views from channel_totals where channel_id = 0`;
  return all?.views ?? 0;
}
