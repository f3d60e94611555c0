import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectDb, type Db } from '#db/client.ts';
import type { VideoId } from '#db/schema.ts';
import { ensureLivePartitions } from '#ingest/log-partitions.ts';
import { recordViews } from '#ingest/record-views.ts';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { bot, channelIdOf, makeVideos, openIngest, person, rollUp, type TestIngest, viewOf } from '#test/factories.ts';
import { breakdown } from './breakdown.ts';

const now = Date.parse('2026-03-20T12:00Z');
const days = { from: '2026-03-20', to: '2026-03-21' };
let database: TestDatabase;
let db: Db;
let ingest: TestIngest;
let ids: Map<string, VideoId>;

beforeAll(async () => {
  database = await freshDatabase();
  db = connectDb(database.url, { name: 'test', max: 1 });
  const harbour = await makeVideos(database.sql, ['tide', 'gulls'], 'harbour');
  ids = new Map([...harbour, ...(await makeVideos(database.sql, ['gravel'], 'quarry'))]);
  await ensureLivePartitions(database.sql, new Date(now));
  ingest = await openIngest(database, () => now);
  await refer('tide', ['a', 'a', 'a', 'b', 'b', 'c', 'd'], 'today');
  await refer('tide', ['a', 'e'], 'yesterday');
  await refer('gulls', ['b'], 'today');
  await refer('gravel', ['b', 'f'], 'today');
  await recordViews(ingest, [viewOf('tide', now)], bot);
  await recordViews(ingest, [viewOf('tide', now)], person);
  await rollUp(database.sql, now);
});

afterAll(async () => {
  await ingest.close();
  await db.$client.end();
  await database.close();
});

async function refer(video: string, referrers: string[], day: 'today' | 'yesterday'): Promise<void> {
  const at = day === 'today' ? now : now - 86_400_000;
  const views = referrers.map((one) => viewOf(video, at, { referrer: `https://${one}.example/` }));
  await recordViews(ingest, views, person);
}

test('rows are ranked by people, and sum with the rest to the total, beside the days before', async () => {
  const found = await breakdown(db, { video: ids.get('tide') as VideoId }, 'referrer', days, 2);
  expect(found).toEqual({
    rows: [
      { value: 'a.example', people: 3, botViews: 0, peopleBefore: 1 },
      { value: 'b.example', people: 2, botViews: 0, peopleBefore: 0 },
    ],
    // c and d, what is unknown, and of yesterday e.
    others: { people: 3, botViews: 1, peopleBefore: 1 },
    total: { people: 8, botViews: 1, peopleBefore: 2 },
  });
});

test('what is unknown is a row, and all time is held against nothing', async () => {
  const all = { from: '0001-01-01', to: '2026-03-21', isAllTime: true };
  const found = await breakdown(db, { video: ids.get('tide') as VideoId }, 'referrer', all, 10);
  expect(
    found.rows.map(({ value, people, botViews, peopleBefore }) => [value, people, botViews, peopleBefore]),
  ).toEqual([
    ['a.example', 4, 0, null],
    ['b.example', 2, 0, null],
    ['', 1, 1, null],
    ['c.example', 1, 0, null],
    ['d.example', 1, 0, null],
    ['e.example', 1, 0, null],
  ]);
  expect(found.others).toEqual({ people: 0, botViews: 0, peopleBefore: null });
});

test('channels and several of them are summed', async () => {
  const [harbour, quarry] = [await channelIdOf(database.sql, 'harbour'), await channelIdOf(database.sql, 'quarry')];
  const first = async (subject: Parameters<typeof breakdown>[1]) => {
    const { rows, total } = await breakdown(db, subject, 'referrer', days, 10);
    return [rows[0]?.value, rows[0]?.people, total.people];
  };
  expect(await first({ channel: harbour })).toEqual(['a.example', 3, 9]);
  expect(await first({ channels: [harbour, quarry] })).toEqual(['b.example', 4, 11]);
  expect(await first({ channels: 'all' })).toEqual(['b.example', 4, 11]);
});
