import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { logView, makeVideos, openIngest, rollUp, type TestIngest } from '#test/factories.ts';
import { findDifferences } from './differences.ts';

let database: TestDatabase;
let ingest: TestIngest;
const now = Date.parse('2026-03-10T12:00:00Z');

beforeAll(async () => {
  database = await freshDatabase();
  ingest = await openIngest(database, () => now);
});

afterAll(async () => {
  await ingest.close();
  await database.close();
});

test('views recorded while the clock stood thirty days back are counted by a tick at the right time', async () => {
  const { sql } = database;
  const [videoId] = (await makeVideos(sql, ['tide'])).values();
  if (!videoId) throw new Error('No video was made.');
  await ingest.recorder.record([logView(videoId, now)]);
  await rollUp(sql, now);
  await ingest.recorder.record([logView(videoId, now - 30 * 86_400_000), logView(videoId, now - 1_000)]);
  await rollUp(sql, now);
  expect(await sql`select views::int from video_totals`).toEqual([{ views: 3 }]);
  expect(await findDifferences(sql, new Date(now), 'UTC')).toEqual([]);
});
