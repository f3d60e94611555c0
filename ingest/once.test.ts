// The same view from everywhere at once, and again on another day, counts once.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findDifferences } from '#rollups/differences.ts';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { openDoor, type TestDoor } from '#test/door.ts';
import { makeVideos, openIngest, rollUp, type TestIngest, viewOf } from '#test/factories.ts';
import { ensureLivePartitions } from './log-partitions.ts';

const timeZone = 'Europe/Berlin';
const hourMs = 3_600_000;
// A quarter of an hour before the day on which the clock springs forward.
const start = Date.parse('2026-03-28T22:45:00Z');
let now = start;
let database: TestDatabase;
let processes: { ingest: TestIngest; door: TestDoor }[];

beforeAll(async () => {
  database = await freshDatabase(timeZone);
  await makeVideos(database.sql, ['tide']);
  const ingests = [await openIngest(database, () => now), await openIngest(database, () => now)];
  processes = await Promise.all(ingests.map(async (ingest) => ({ ingest, door: await openDoor(ingest) })));
});

afterAll(async () => {
  for (const { ingest, door } of processes) {
    await door.close();
    await ingest.close();
  }
  await database.close();
});

test('one id sent a hundred times at once to two processes, and again after midnight, counts once', async () => {
  const view = viewOf('tide', start - 1_000);
  const first = await sendHundredTimes(view);
  expect(first).toEqual({ counted: 1, duplicate: 99 });
  await rollUp(database.sql, now, timeZone);
  for (const later of [0.5, 2, 24, 6 * 24]) {
    now = start + later * hourMs;
    await ensureLivePartitions(database.sql, new Date(now));
    expect(await sendHundredTimes(view)).toEqual({ duplicate: 100 });
    await rollUp(database.sql, now, timeZone);
  }
  expect(await database.sql`select from video_views`).toHaveLength(1);
  expect(await database.sql`select day::text, views::int from video_days`).toEqual([{ day: '2026-03-28', views: 1 }]);
  expect(await database.sql`select views::int from video_totals`).toEqual([{ views: 1 }]);
  expect(await findDifferences(database.sql, new Date(now), timeZone)).toEqual([]);
});

/** How often each status was answered. */
async function sendHundredTimes(view: unknown): Promise<Record<string, number>> {
  const sends = Array.from({ length: 50 }, () => processes.map(({ door }) => door.post(view))).flat();
  const answers = await Promise.all((await Promise.all(sends)).map((response) => response.json()));
  const statuses = Object.groupBy(answers, ({ status }: { status: string }) => status);
  return Object.fromEntries(Object.entries(statuses).map(([status, all]) => [status, all?.length ?? 0]));
}
