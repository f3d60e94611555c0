import { expect, test } from 'vitest';
import { recordViews } from '#ingest/record-views.ts';
import { freshDatabase } from '#test/database.ts';
import { makeVideos, openIngest, person, rollUp, viewOf } from '#test/factories.ts';
import { pipeline } from './pipeline.ts';

const now = Date.parse('2026-03-10T12:00:00Z');

test('an empty installation has no lanes', async () => {
  const database = await freshDatabase();
  expect(await pipeline(database.db)).toEqual({ lanes: [], partitions: [] });
  await database.close();
});

test('each lane tells its last batch and how far it is rolled up, each table its partitions', async () => {
  const database = await freshDatabase();
  await makeVideos(database.sql, ['tide']);
  const [one, other] = [await openIngest(database, () => now), await openIngest(database, () => now)];
  for (const ingest of [one, other]) await recordViews(ingest, [viewOf('tide', now)], person);
  await rollUp(database.sql, now);
  await recordViews(other, [viewOf('tide', now)], person);
  await database.sql`update ingest_lanes set leased_by = 'host ' || lane, leased_at = '2026-03-10T11:59:58.7Z'`;
  await database.sql`update ingest_lanes set kind = 'import' where lane = 2`;
  const { lanes, partitions } = await pipeline(database.db);
  const leasedAt = '2026-03-10T11:59:58Z';
  expect(lanes).toEqual([
    { lane: 1, kind: 'live', leasedBy: 'host 1', leasedAt, head: 1, rolledUpTo: 1 },
    { lane: 2, kind: 'import', leasedBy: 'host 2', leasedAt, head: 3, rolledUpTo: 2 },
  ]);
  expect(partitions.map(({ table }) => table)).toEqual([
    ...[
      'channel_breakdowns',
      'channel_days',
      'channel_hours',
      'channel_minutes',
      'channel_viewer_cells',
      'channel_viewer_days',
    ],
    ...['channel_viewers', 'screening_days', 'screening_hours', 'screening_minutes', 'video_breakdowns', 'video_days'],
    ...['video_hours', 'video_minutes', 'video_viewer_cells', 'video_viewer_days', 'video_viewers', 'video_views'],
  ]);
  // Eight days back, today and three ahead.
  expect(partitions.at(-1)).toEqual({ table: 'video_views', partitions: 12, oldest: '20260302', newest: '20260313' });
  expect(partitions[1]).toEqual({ table: 'channel_days', partitions: 1, oldest: '20260101', newest: '20260101' });
  for (const ingest of [one, other]) await ingest.close();
  await database.close();
});
