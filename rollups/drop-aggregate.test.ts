import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect } from '#db/client.ts';
import { listPartitions, partitionedTables } from '#db/partitions.ts';
import { recordViews } from '#ingest/record-views.ts';
import { keptRange } from '#reports/kept-range.ts';
import { parseRange } from '#reports/range.ts';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { makeVideos, openIngest, person, rollUp, type TestIngest, viewOf } from '#test/factories.ts';
import { checkInvariants } from './checker.ts';
import { closeDueDays } from './close-due-days.ts';
import { findDifferences } from './differences.ts';
import { retain } from './retain.ts';
import { retentionPolicies } from './retention-policies.ts';

let database: TestDatabase;
let ingest: TestIngest;
let now = Date.parse('2026-03-10T12:00:00Z');

beforeAll(async () => {
  database = await freshDatabase();
  await makeVideos(database.sql, ['tide']);
  ingest = await openIngest(database, () => now);
});

afterAll(async () => {
  await ingest.close();
  await database.close();
});

test('minutes go after two full days, hours and totals stay', async () => {
  const { sql } = database;
  await recordViews(ingest, [viewOf('tide', now)], person);
  await rollUp(sql, now);
  expect(await droppedAt('2026-03-12T23:59:00Z')).toEqual([]);
  expect(await droppedAt('2026-03-13T00:00:00Z')).toEqual(['video_minutes_20260310', 'channel_minutes_20260310']);
  const kept = await listPartitions(sql, partitionedTables.videoMinutes);
  expect(kept[0]).toEqual({ name: 'video_minutes_20260311', from: '2026-03-11', to: '2026-03-12' });
  expect(await sql`select views::int from video_hours`).toEqual([{ views: 1 }]);
  expect(await sql`select views::int from video_totals`).toEqual([{ views: 1 }]);
});

test('a view that comes late for its minutes still counts in its hour and day', async () => {
  const { sql } = database;
  const late = viewOf('tide', '2026-03-10T12:30:00Z');
  now = Date.parse('2026-03-14T08:00:00Z');
  const [answer] = await recordViews(ingest, [late], person);
  expect(answer?.status).toBe('counted');
  await rollUp(sql, now);
  expect(await sql`select day::text, views::int from video_days`).toEqual([{ day: '2026-03-10', views: 2 }]);
});

test('hours stay until all their days are proved for good, however old they are', async () => {
  expect(await droppedAt('2028-01-01T00:00:00Z')).toEqual([]);
});

test('hours go 400 days after the last closing that found views, and nothing is held against them then', async () => {
  const { sql } = database;
  now = Date.parse('2026-04-01T02:00:00Z');
  await rollUp(sql, now);
  await close();
  // Closed on April 1st for the first time: that is by when it was written.
  expect(await droppedAt('2027-05-05T23:00:00Z')).toEqual([]);
  expect(await droppedAt('2027-05-06T00:00:00Z')).toEqual(['video_hours_20260301', 'channel_hours_20260301']);
  now = Date.parse('2027-05-06T00:00:00Z');
  expect(await sql`select views::int from channel_totals where channel_id = 0`).toEqual([{ views: 2 }]);
  expect(await findDifferences(sql, new Date(now), 'UTC')).toEqual([]);
  expect(await sql`select table_name, rows::int from retention_drops where table_name like '%hours'`).toEqual([
    { table_name: 'video_hours', rows: 1 },
    { table_name: 'channel_hours', rows: 2 },
  ]);
});

test('views of an import that fall into dropped hours are counted by the day, and the day closes balanced', async () => {
  const { sql } = database;
  const march = Date.parse('2026-03-10T13:00:00Z');
  const clock = now;
  now = march;
  expect((await recordViews(ingest, [viewOf('tide', march)], person))[0]?.status).toBe('counted');
  await sql`update ingest_lanes set kind = 'import'`;
  now = clock;
  await rollUp(sql, now);
  expect(await sql`select views::int from channel_days where channel_id = 0`).toEqual([{ views: 3 }]);
  expect((await listPartitions(sql, partitionedTables.videoHours))[0]?.from).not.toBe('2026-03-01');
  expect(await close()).toEqual([{ day: '2026-03-10', balanced: true }]);
  const findings = await checkInvariants(sql, new Date(now), 'UTC');
  expect(findings.filter(({ holds }) => !holds)).toEqual([]);
});

test('a chart of dropped hours is one of days', async () => {
  const asked = parseRange({ from: '2026-03-10', to: '2026-03-10' }, new Date(now), 'UTC').range;
  expect(asked.unit).toBe('hour');
  expect(await keptRange(database.db, asked)).toMatchObject({
    ...{ unit: 'day', from: '2026-03-10', to: '2026-03-11', isCoarser: true },
  });
  const kept = parseRange({ from: '2027-05-05', to: '2027-05-05' }, new Date(now), 'UTC').range;
  expect(await keptRange(database.db, kept)).toMatchObject({ unit: 'hour', isCoarser: false });
});

/** The partitions of aggregates that retention drops then. */
async function droppedAt(at: string): Promise<string[]> {
  const policies = retentionPolicies().filter(({ fact }) => fact === 'minutes' || fact === 'hours');
  const { tooOld } = await withSession((session) =>
    retain(session, {
      policies,
      archives: { url: database.url, folder: undefined },
      timeZone: 'UTC',
      now: new Date(at),
    }),
  );
  const dropped = tooOld.filter(({ status }) => status === 'dropped').map(({ partition }) => partition);
  // Those that the clock of the test made ahead hold nothing.
  return dropped.filter((name) => name.endsWith('20260310') || name.includes('hours'));
}

async function close() {
  const closed = await withSession((session) => closeDueDays(session, 'UTC', () => new Date(now)));
  return closed.map(({ day, closing }) => ({ day, balanced: closing.status === 'closed' && closing.isBalanced }));
}

async function withSession<T>(work: (session: TestDatabase['sql']) => Promise<T>): Promise<T> {
  const session = connect(database.url, { name: 'retention', max: 1 });
  return work(session).finally(() => session.end());
}
