// St. John's put its clocks back at one minute past midnight until 2011: the minute after midnight is of the new day, the 59 after it
// are of the old one once more, and all of them lie in one hour.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect, type Sql } from '#db/client.ts';
import type { VideoId } from '#db/schema.ts';
import { ensureWritablePartitions } from '#ingest/log-partitions.ts';
import { Recorder } from '#ingest/recorder.ts';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { logView, makeVideos, rollUp } from '#test/factories.ts';
import { closeDay } from './close-day.ts';
import { closeDueDays } from './close-due-days.ts';

const timeZone = 'America/St_Johns';
const now = new Date('2026-03-10T12:00:00Z');
const times = {
  '2010-11-06': ['2010-11-07T02:29:59Z', '2010-11-07T02:31:00Z', '2010-11-07T03:29:59Z'],
  '2010-11-07': ['2010-11-07T02:30:00Z', '2010-11-07T02:30:59Z', '2010-11-07T03:30:00Z', '2010-11-07T03:31:00Z'],
};
let database: TestDatabase;
let session: Sql;

beforeAll(async () => {
  database = await freshDatabase(timeZone);
  const video = (await makeVideos(database.sql, ['tide'])).get('tide') as VideoId;
  await ensureWritablePartitions(database.sql, ['2010-11-07'], now);
  const importer = new Recorder(database.url, { kind: 'import' });
  const views = Object.values(times).flat();
  await importer.record(views.map((at) => logView(video, Date.parse(at), { receivedAt: now.getTime() })));
  await importer.close();
  await rollUp(database.sql, now, timeZone);
  session = connect(database.url, { name: 'close', max: 1 });
});

afterAll(async () => {
  await session.end();
  await database.close();
});

test('each view is of its own day, also where one hour is of both', async () => {
  expect(await database.sql`select day::text, views::int from video_days order by day`).toEqual([
    { day: '2010-11-06', views: 3 },
    { day: '2010-11-07', views: 4 },
  ]);
  expect(await hours()).toEqual({ '01:30': 1, '02:30': 4, '03:30': 2 });
});

test('no day is proved by an hour that is also of another: both close balanced, with nothing repaired', async () => {
  const closed = await closeDueDays(session, timeZone, () => now);
  expect(closed).toMatchObject([
    { day: '2010-11-06', closing: { isBalanced: true, proof: { logViews: 3, differingBuckets: 0 } } },
    { day: '2010-11-07', closing: { isBalanced: true, proof: { logViews: 4, differingBuckets: 0 } } },
  ]);
  expect(await hours()).toEqual({ '01:30': 1, '02:30': 4, '03:30': 2 });
});

test('the hours beside it are proved as ever', async () => {
  await database.sql`update video_hours set views = views + 1 where hour = '2010-11-07T01:30Z' or hour = '2010-11-07T03:30Z'`;
  for (const day of Object.keys(times)) {
    const closing = await closeDay(session, day, timeZone, now);
    expect(closing).toMatchObject({ isBalanced: true, proof: { differingBuckets: 1 } });
  }
  expect(await hours()).toEqual({ '01:30': 1, '02:30': 4, '03:30': 2 });
});

async function hours(): Promise<Record<string, number>> {
  const rows = await database.sql<{ hour: string; views: number }[]>`
    select to_char(hour at time zone 'UTC', 'HH24:MI') as hour, views::int as views from video_hours order by hour`;
  return Object.fromEntries(rows.map(({ hour, views }) => [hour, views]));
}
