// Every aggregate is set right by the log while views go on being recorded and rolled up; what has no log is left, or derived.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connect, type Sql } from '#db/client.ts';
import { recordViews } from '#ingest/record-views.ts';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { bot, makeVideos, openIngest, person, rollUp, type TestIngest, viewOf } from '#test/factories.ts';
import { checkInvariants } from './checker.ts';
import { closeDueDays } from './close-due-days.ts';
import { findDifferences } from './differences.ts';
import { type Rebuilt, rebuild } from './rebuild.ts';
import { retain } from './retain.ts';
import { retentionPolicies } from './retention-policies.ts';
import { unkeptDays } from './unkept-days.ts';

const dayMs = 86_400_000;
const noon = Date.parse('2026-03-10T12:00:00Z');
const tables = ['video', 'channel'].flatMap((subject) =>
  ['minutes', 'hours', 'days', 'months', 'totals'].map((grain) => `${subject}_${grain}`),
);
let now: number;
let database: TestDatabase;
let ingest: TestIngest;
let session: Sql;

beforeEach(async () => {
  database = await freshDatabase();
  await makeVideos(database.sql, ['tide', 'storm']);
  await makeVideos(database.sql, ['reef'], 'quarry');
  session = connect(database.url, { name: 'rebuild', max: 1 });
  // Days of two months, and today.
  now = noon - 14 * dayMs;
  ingest = await openIngest(database, () => now);
  for (const age of [14, 13, 9, 2, 1, 0]) await recordDay(noon - age * dayMs);
});

afterEach(async () => {
  await session.end();
  await ingest.close();
  await database.close();
});

test('what agrees is left as it is', async () => {
  expect(await run()).toEqual({ days: 6, repaired: [], restoredRows: 0, changedSums: 0, lost: [] });
});

test('every aggregate is set right after each table was damaged, while views are recorded and rolled up', async () => {
  await close();
  for (const [i, table] of tables.entries()) await database.sql.unsafe(`update ${table} set views = views + ${i + 1}`);
  await database.sql`delete from video_hours where video_id = (select min(video_id) from video_hours)`;
  await database.sql`delete from channel_months where month = '2026-02-01'`;
  let isRebuilding = true;
  let sent = 0;
  // Through the same doors as ever.
  const beside = (async () => {
    while (isRebuilding) {
      await recordViews(ingest, [viewOf('tide', now - (sent++ % 3) * dayMs)], person);
      await rollUp(database.sql, now);
    }
  })();
  const rebuilt = await run().finally(() => {
    isRebuilding = false;
    return beside;
  });
  expect(rebuilt.repaired).toHaveLength(6);
  expect(rebuilt.repaired.every(({ isBalanced }) => isBalanced)).toBe(true);
  expect(sent).toBeGreaterThan(10);
  await expectSound();
  expect(await total()).toBe(6 * 4 + sent);
});

test('emptied tables come back, with a row in the ledger for each day that is over', async () => {
  await close();
  const before = await aggregates();
  await database.sql.unsafe(`truncate ${tables.join(', ')}`);
  expect(await run()).toMatchObject({ days: 6, lost: [] });
  await expectSound();
  expect(await aggregates()).toEqual(before);
  const rows = await database.sql`
    select day::text, is_balanced from day_closings where differing_buckets > 0 order by day`;
  expect(rows.map(({ day }) => day)).toEqual(['2026-02-24', '2026-02-25', '2026-03-01', '2026-03-08', '2026-03-09']);
  expect(await run()).toMatchObject({ repaired: [], restoredRows: 0, changedSums: 0 });
});

test('a range sets its days right, and the sums above them', async () => {
  await database.sql`truncate video_days, video_months, video_totals`;
  expect(await run(undefined, '2026-03-01', '2026-03-31')).toMatchObject({ days: 4 });
  const days = await database.sql`select distinct day::text as day from video_days order by 1`;
  expect(days.map(({ day }) => day)).toEqual(['2026-03-01', '2026-03-08', '2026-03-09', '2026-03-10']);
  expect(await run(undefined, '2026-02-24', '2026-02-25')).toMatchObject({ days: 2 });
  await expectSound();
});

test('a rebuild that fails before any of its statements is made good by the next one', {
  timeout: 240_000,
}, async () => {
  // Days are proved one after the other in the same way: one of them, and the sums.
  const [from, to] = ['2026-03-09', '2026-03-09'];
  for (let statement = 1; ; statement++) {
    await database.sql`update channel_days set views = views + 1 where day = '2026-03-09'`;
    await database.sql`delete from video_hours where hour = '2026-03-09T12:00Z'`;
    await database.sql`update video_months set views = views + 1 where month = '2026-03-01'`;
    let reached = 0;
    const fail = () => {
      reached += 1;
      if (reached === statement) throw new Error('the power went');
    };
    const result = await run(fail, from, to).catch(() => 'crashed' as const);
    if (result === 'crashed') await run(undefined, from, to);
    expect(await findDifferences(database.sql, new Date(now), 'UTC')).toEqual([]);
    if (result !== 'crashed') {
      expect(statement).toBeGreaterThan(40);
      break;
    }
  }
  await expectSound();
});

test('two at once repair once', async () => {
  await database.sql.unsafe(`truncate ${tables.join(', ')}`);
  const other = connect(database.url, { name: 'rebuild too', max: 1 });
  await Promise.all([session, other].map((sql) => runIn(sql)));
  await other.end();
  await expectSound();
  expect(await total()).toBe(6 * 4);
});

test('days without a log come back from their hours, and months and totals from them', async () => {
  await archive();
  const before = await aggregates();
  await database.sql.unsafe(`truncate ${tables.filter((table) => !/hours/.test(table)).join(', ')}`);
  const rebuilt = await run();
  // Three videos' rows, and those of two channels and of all, on each of the archived days.
  expect(rebuilt).toMatchObject({ restoredRows: 6 * 6, lost: [] });
  await expectSound();
  expect(await aggregates()).toEqual(before);
});

test('a damaged month of days without a log is the sum of its days again', async () => {
  await archive();
  const before = await aggregates();
  await database.sql`update video_months set views = views + 7`;
  await database.sql`update channel_months set views = views * 2`;
  await database.sql`update channel_totals set views = 0, bot_views = 0`;
  expect(await run()).toMatchObject({ days: 1, lost: [] });
  expect(await unkeptDays(session, { from: '2026-02-25', to: '2026-03-08' })).toEqual([
    '2026-02-25 was left: its log was dropped without a file.',
    '2026-03-01 was left: its log was dropped without a file.',
    '2026-03-08 was left: its log was dropped without a file.',
  ]);
  await database.sql`update log_archives set file_name = 'a file', bytes = 1, sha256 = '' where day >= '2026-03-08'`;
  expect(await unkeptDays(session, { from: '2026-03-02', to: '2026-12-31' })).toEqual([
    '2026-03-08 to 2026-03-10 were left: their log is archived. Bring it back first: npm run archive -- --restore DAY',
  ]);
  await expectSound();
  expect(await aggregates()).toEqual(before);
});

test('where days without a log are lost with their hours, the months and totals that held them stay, and it is said', async () => {
  await archive();
  await database.sql`truncate video_days, video_hours`;
  const before = await database.sql`select * from video_months order by video_id, month`;
  const { lost, restoredRows } = await run();
  expect(restoredRows).toBe(0);
  expect(lost).toContain('video_days 2026-02-24');
  expect(await database.sql`select * from video_months order by video_id, month`).toEqual(before);
  expect(await total()).toBe(7 * 4);
});

/** Four views of a day, one of them a bot's, rolled up on the same day. */
async function recordDay(at: number): Promise<void> {
  now = at;
  const views = ['tide', 'tide', 'reef'].map((key, i) => viewOf(key, at - i * 3_600_000));
  await recordViews(ingest, views, person);
  await recordViews(ingest, [viewOf('storm', at)], bot);
  await rollUp(database.sql, now);
}

/** Twenty days later every day is closed for good, its log dropped, and there is one new day. */
async function archive(): Promise<void> {
  now = noon + 20 * dayMs;
  await rollUp(database.sql, now);
  await close();
  const policies = retentionPolicies(9);
  await retain(session, {
    policies,
    archives: { url: database.url, folder: undefined },
    timeZone: 'UTC',
    now: new Date(noon + 60 * dayMs),
  });
  await recordDay(noon + 60 * dayMs);
}

async function close(): Promise<void> {
  await closeDueDays(session, 'UTC', () => new Date(now));
}

function run(probe?: () => void, from?: string, to?: string): Promise<Rebuilt> {
  return runIn(session, probe, from, to);
}

function runIn(sql: Sql, probe?: () => void, from = '0001-01-01', to = '9999-12-31'): Promise<Rebuilt> {
  return rebuild(sql, { from, to, timeZone: 'UTC', clock: () => new Date(now), probe });
}

async function expectSound(): Promise<void> {
  await rollUp(database.sql, now);
  const findings = await checkInvariants(database.sql, new Date(now), 'UTC');
  expect(findings.filter(({ holds }) => !holds)).toEqual([]);
}

async function aggregates(): Promise<Record<string, unknown>> {
  const kept = tables.filter((table) => !/minutes/.test(table));
  const rows = await Promise.all(kept.map((table) => database.sql`select * from ${database.sql(table)} order by 1, 2`));
  return Object.fromEntries(kept.map((table, i) => [table, [...(rows[i] ?? [])]]));
}

async function total(): Promise<number> {
  const [all] = await database.sql<{ views: number }[]>`
    select views::int as views from channel_totals where channel_id = 0`;
  return all?.views ?? 0;
}
