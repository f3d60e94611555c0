import { afterEach, beforeEach, expect, test } from 'vitest';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { makeVideos, openIngest, person, type TestIngest, viewOf } from '#test/factories.ts';
import { recordViews } from './record-views.ts';
import { ensureRecutPartitions, recutRefusals } from './recut-refusals.ts';

let now = Date.parse('2026-03-01T03:10:00Z');
let database: TestDatabase;
let ingest: TestIngest;

beforeEach(async () => {
  database = await freshDatabase();
  await makeVideos(database.sql, ['tide']);
  ingest = await openIngest(database, () => now);
  for (const at of ['2026-03-01T03:10:00Z', '2026-03-01T20:20:00Z', '2026-03-01T20:40:00Z']) {
    now = Date.parse(at);
    await recordViews(ingest, [viewOf('nowhere', now)], person);
  }
});

afterEach(async () => {
  await ingest.close();
  await database.close();
});

test('refusals move to the days and hours of the new zone, and back', async () => {
  const asCut = { days: ['2026-03-01 3'], hours: ['03:00 1', '20:00 2'] };
  expect(await kept()).toEqual(asCut);
  await ensureRecutPartitions(database.sql);
  await database.sql.begin((tx) => recutRefusals(tx, 'UTC', 'America/New_York'));
  expect(await kept()).toEqual({ days: ['2026-02-28 1', '2026-03-01 2'], hours: asCut.hours });
  await database.sql.begin((tx) => recutRefusals(tx, 'America/New_York', 'Asia/Kathmandu'));
  expect(await kept()).toEqual({ days: ['2026-03-01 1', '2026-03-02 2'], hours: ['02:15 1', '20:15 2'] });
  await database.sql.begin((tx) => recutRefusals(tx, 'Asia/Kathmandu', 'UTC'));
  expect(await kept()).toEqual(asCut);
});

async function kept(): Promise<{ days: string[]; hours: string[] }> {
  const days = await database.sql<{ at: string }[]>`
    select day || ' ' || sum(views) as at from screening_days group by day order by day`;
  const hours = await database.sql<{ at: string }[]>`
    select to_char(hour, 'HH24:MI') || ' ' || sum(views) as at from screening_hours group by hour order by hour`;
  return { days: days.map(({ at }) => at), hours: hours.map(({ at }) => at) };
}
