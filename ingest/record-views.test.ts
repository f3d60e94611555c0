import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { makeVideos, openIngest, person, rollUp, type TestIngest, viewOf } from '#test/factories.ts';
import { recordViews } from './record-views.ts';

let database: TestDatabase;
let ingest: TestIngest;
const now = Date.parse('2026-03-10T12:00:00Z');

beforeAll(async () => {
  database = await freshDatabase();
  await makeVideos(database.sql, ['tide', 'storm']);
  ingest = await openIngest(database, () => now);
});

afterAll(async () => {
  await ingest.close();
  await database.close();
});

test('a view is counted once however often it is sent', async () => {
  const view = viewOf('tide', now);
  expect(await recordViews(ingest, [view, view], person)).toEqual([
    { id: view.id, status: 'counted' },
    { id: view.id, status: 'duplicate' },
  ]);
  expect(await recordViews(ingest, [view], person)).toEqual([{ id: view.id, status: 'duplicate' }]);
  await rollUp(database.sql, now);
  const totals = await database.sql`select views::int, bot_views::int from video_totals`;
  expect(totals).toEqual([{ views: 1, bot_views: 0 }]);
  const refusals = await database.sql`select reason, views::int from screening_minutes`;
  expect(refusals).toEqual([{ reason: 'duplicate', views: 2 }]);
});
