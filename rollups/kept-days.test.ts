import { expect, test } from 'vitest';
import { recordViews } from '#ingest/record-views.ts';
import { freshDatabase } from '#test/database.ts';
import { makeVideos, openIngest, person, viewOf } from '#test/factories.ts';
import { keptDays } from './kept-days.ts';

test('a day of the zone is kept while all UTC days that it reaches into are', async () => {
  const now = Date.parse('2026-03-12T12:00:00Z');
  const database = await freshDatabase();
  await makeVideos(database.sql, ['tide']);
  const ingest = await openIngest(database, () => now);
  await recordViews(ingest, [viewOf('tide', '2026-03-10T12:00:00Z'), viewOf('tide', '2026-03-11T12:00:00Z')], person);
  expect(await keptDays(database.sql, 'UTC')).toEqual(['2026-03-10', '2026-03-11']);
  // 10 March in Berlin reaches into the 9th and the 10th of UTC.
  expect(await keptDays(database.sql, 'Europe/Berlin')).toEqual(['2026-03-10', '2026-03-11', '2026-03-12']);
  await database.sql`insert into log_archives (day, views, archived_at) values ('2026-03-09', 1, now())`;
  expect(await keptDays(database.sql, 'Europe/Berlin')).toEqual(['2026-03-11', '2026-03-12']);
  expect(await keptDays(database.sql, 'UTC')).toEqual(['2026-03-10', '2026-03-11']);
  await ingest.close();
  await database.close();
});
