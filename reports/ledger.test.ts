import { afterEach, beforeEach, expect, test } from 'vitest';
import { connect } from '#db/client.ts';
import { recordViews } from '#ingest/record-views.ts';
import { closeDay } from '#rollups/close-day.ts';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { makeVideos, openIngest, person, rollUp, type TestIngest, viewOf } from '#test/factories.ts';
import { latestProof } from './latest-proof.ts';
import { ledger } from './ledger.ts';

const noon = Date.parse('2026-03-10T12:00:00Z');
let now = noon;
let database: TestDatabase;
let ingest: TestIngest;

beforeEach(async () => {
  database = await freshDatabase();
  await makeVideos(database.sql, ['tide']);
  now = noon;
  ingest = await openIngest(database, () => now);
});

afterEach(async () => {
  await ingest.close();
  await database.close();
});

test('before the first night nothing is proved', async () => {
  expect(await latestProof(database.db)).toBeNull();
  expect(await ledger(database.db, 10)).toEqual([]);
});

test('the badge tells the last night, later views and what was repaired; the ledger keeps every closing', async () => {
  await record(3);
  now = Date.parse('2026-03-11T02:14:00Z');
  await rollUp(database.sql, now);
  await close('2026-03-10');
  await record(2);
  expect(await latestProof(database.db)).toEqual({
    day: '2026-03-10',
    closedAt: '2026-03-11T02:14:00Z',
    laterViews: 2,
    laterDays: [{ day: '2026-03-10', views: 2 }],
    repairedDays: [],
    unbalancedDays: [],
  });
  await database.sql`update channel_days set views = views + 4 where channel_id = 0`;
  await close('2026-03-10');
  expect(await latestProof(database.db)).toMatchObject({ laterViews: 0, laterDays: [], repairedDays: ['2026-03-10'] });
  expect(await ledger(database.db, 10)).toMatchObject([
    {
      day: '2026-03-10',
      logViews: 5,
      laterViews: 0,
      differingBuckets: 1,
      found: { all_days: 9, video_days: 5 },
      isBalanced: true,
    },
    { day: '2026-03-10', logViews: 3, laterViews: null, differingBuckets: 0, repairs: [] },
  ]);
});

async function record(count: number): Promise<void> {
  await recordViews(
    ingest,
    Array.from({ length: count }, () => viewOf('tide', noon)),
    person,
  );
  await rollUp(database.sql, now);
}

async function close(day: string): Promise<void> {
  const session = connect(database.url, { name: 'close', max: 1 });
  await closeDay(session, day, 'UTC', new Date(now));
  await session.end();
}
