import { afterAll, beforeAll, expect, test } from 'vitest';
import { listPartitions, partitionedTables } from '#db/partitions.ts';
import { recordViews } from '#ingest/record-views.ts';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { makeVideos, openIngest, person, rollUp, type TestIngest, viewOf } from '#test/factories.ts';
import { dropOldMinutes } from './drop-minutes.ts';

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
  expect(await dropOldMinutes(sql, new Date('2026-03-12T23:59:00Z'))).toEqual([]);
  expect(await dropOldMinutes(sql, new Date('2026-03-13T00:00:00Z'))).toEqual([
    'video_minutes_20260310',
    'channel_minutes_20260310',
  ]);
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
