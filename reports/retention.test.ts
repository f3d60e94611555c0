import { afterAll, beforeAll, expect, test } from 'vitest';
import { retentionPolicies } from '#rollups/retention-policies.ts';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { makeVideos } from '#test/factories.ts';
import { recordAt } from '#test/recorded-views.ts';
import { type Retention, retention } from './retention.ts';

const now = new Date('2026-03-10T12:00:00Z');
let database: TestDatabase;
let report: Retention;

beforeAll(async () => {
  database = await freshDatabase();
  const { sql } = database;
  await makeVideos(sql, ['tide']);
  await recordAt(
    database,
    [
      { video: 'tide', at: '2026-02-10T10:00:00Z' },
      { video: 'tide', at: '2026-03-10T10:00:00Z', people: 3 },
    ],
    now.toISOString(),
  );
  await sql.unsafe('analyze');
  await sql`
    insert into log_archives (day, views, archived_at, file_name, bytes, sha256)
    values ('2025-01-01', 5, '2026-01-01', 'a.zst', 700, 'aa'), ('2025-01-02', 6, '2026-01-02', null, null, null)`;
  await sql`
    insert into retention_drops (table_name, partition, from_day, to_day, rows, bytes, dropped_at)
    values ('video_minutes', 'video_minutes_20260101', '2026-01-01', '2026-01-02', 9, 8192, '2026-01-04')`;
  report = await retention(database.db, retentionPolicies(), now);
});

afterAll(() => database.close());

test('each fact has its rows, its size and its oldest date', () => {
  const rows = report.holdings.map(({ fact, estimatedRows, oldest }) => [fact, estimatedRows, oldest]);
  expect(rows).toEqual([
    ['view log', 4, '2026-02-10'],
    ['minutes', 3, '2026-03-10'],
    ['hours', 6, '2026-02-01'],
    ['days', 6, '2026-01-01'],
    ['months', 6, '2026-02-01'],
    ['totals', 3, null],
    ['viewers', 18, '2026-02-01'],
    ['viewers by day', 0, null],
    ['viewers by month', 0, null],
    ['breakdowns', 36, '2026-02-01'],
    ['not counted, by minute', 0, null],
    ['not counted', 0, null],
  ]);
  expect(report.holdings.every(({ bytes }) => bytes > 0)).toBe(true);
});

test('growth is what the partitions of the last four weeks take, a day', () => {
  const growth = new Map(report.holdings.map(({ fact, bytesPerDay }) => [fact, bytesPerDay]));
  const log = report.holdings.find(({ fact }) => fact === 'view log');
  // One of the two days with views lies further back.
  expect(growth.get('view log')).toBeGreaterThan(0);
  expect(growth.get('view log')).toBeLessThan((log?.bytes ?? 0) / 28);
  expect(growth.get('months')).toBeNull();
});

test('archives are summed, and receipts are the latest first', () => {
  expect(report.archives).toEqual({ days: 2, views: 11, bytes: 700, daysWithoutFile: 1 });
  expect(
    report.receipts.map(({ partition, from, rows, bytes, fileName }) => [partition, from, rows, bytes, fileName]),
  ).toEqual([
    ['video_minutes_20260101', '2026-01-01', 9, 8192, null],
    ['view log', '2025-01-02', 6, null, null],
    ['view log', '2025-01-01', 5, 700, 'a.zst'],
  ]);
});
