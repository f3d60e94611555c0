// The nightly close: proves a day, repairs what differs by the difference, and survives being killed.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connect, type Sql } from '#db/client.ts';
import { recordViews } from '#ingest/record-views.ts';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { bot, makeVideos, openIngest, person, rollUp, type TestIngest, viewOf } from '#test/factories.ts';
import { type Closing, closeDay } from './close-day.ts';
import { findDifferences } from './differences.ts';

const day = '2026-03-10';
const noon = Date.parse(`${day}T12:00:00Z`);
const nextMorning = Date.parse('2026-03-11T02:14:00Z');
let now: number;
let database: TestDatabase;
let ingest: TestIngest;
let session: Sql;

beforeEach(async () => {
  now = noon;
  database = await freshDatabase();
  await makeVideos(database.sql, ['tide', 'storm']);
  ingest = await openIngest(database, () => now);
  session = connect(database.url, { name: 'close', max: 1 });
});

afterEach(async () => {
  await session.end();
  await ingest.close();
  await database.close();
});

test('a day that agrees is written into the ledger with what was counted', async () => {
  await recordDay();
  const closing = await close();
  expect(closing).toMatchObject({
    status: 'closed',
    isBalanced: true,
    isFinal: false,
    proof: {
      logViews: 7,
      logBotViews: 2,
      found: { video_hours: 7, video_days: 7, channel_hours: 7, channel_days: 7, all_hours: 7, all_days: 7 },
      differingBuckets: 0,
      differences: [],
    },
  });
  expect(await ledger()).toEqual([{ day, views: 7, buckets: 0, balanced: true, final: false }]);
});

test('a row of each aggregate changed by hand is found, repaired by the difference and reported', async () => {
  await recordDay();
  for (const subject of ['video', 'channel']) {
    for (const grain of ['minute', 'hour', 'day', 'month', 'total']) {
      await database.sql.unsafe(
        `update ${subject}_${grain}s set views = views + 5 where ${subject}_id in (select max(${subject}_id) from ${subject}_${grain}s)`,
      );
    }
  }
  await database.sql`delete from video_hours where video_id = (select min(video_id) from video_hours)`;
  const closing = await close();
  expect(closing).toMatchObject({ status: 'closed', isBalanced: true });
  const tables = closing.status === 'closed' ? new Set(closing.proof.differences.map(({ table }) => table)) : new Set();
  expect(tables.size).toBe(10);
  expect(await findDifferences(database.sql, new Date(now), 'UTC')).toEqual([]);
  expect(await close()).toMatchObject({ proof: { differingBuckets: 0 } });
});

test('views that are recorded and rolled up while a damaged day is closed stay counted', async () => {
  await recordDay();
  await database.sql`update video_days set views = views + 3`;
  await database.sql`update channel_hours set bot_views = bot_views + 1`;
  const closing = await closeDay(session, day, 'UTC', new Date(now), () => {
    // Beside the close, through the same doors as ever; awaited below.
    late.push(recordViews(ingest, [viewOf('tide', noon + late.length)], person).then(() => rollUp(database.sql, now)));
  });
  await Promise.all(late.splice(0));
  expect(closing).toMatchObject({ status: 'closed', isBalanced: true });
  await rollUp(database.sql, now);
  expect(await findDifferences(database.sql, new Date(now), 'UTC')).toEqual([]);
  const [all] = await database.sql`select views::int from channel_totals where channel_id = 0`;
  expect(all?.views).toBeGreaterThan(7 + 10);
});

test('a month that is right is not made the sum of another day that is wrong', async () => {
  await recordDay();
  await recordViews(ingest, [viewOf('tide', Date.parse('2026-03-09T12:00Z'))], person);
  await rollUp(database.sql, now);
  await database.sql`update video_days set views = views + 9 where day = '2026-03-09'`;
  expect(await close()).toMatchObject({ status: 'closed', isBalanced: true });
  expect(await findDifferences(database.sql, new Date(now), 'UTC')).toEqual([]);
  expect(await ledger()).toMatchObject([
    { day: '2026-03-09', buckets: 1, balanced: true },
    { day, buckets: 0, balanced: true },
  ]);
});

const late: Promise<unknown>[] = [];

test('a close that fails before any of its statements leaves the day as it was, or repaired with its row in the ledger', {
  timeout: 120_000,
}, async () => {
  await recordDay();
  for (let statement = 1; ; statement++) {
    await database.sql`update video_days set views = views + 1`;
    await database.sql`update channel_totals set views = views + 1`;
    let reached = 0;
    const result = await closeDay(session, day, 'UTC', new Date(now), () => {
      reached += 1;
      if (reached === statement) throw new Error('the power went');
    }).catch(() => 'crashed' as const);
    const damaged = (await findDifferences(database.sql, new Date(now), 'UTC')).length > 0;
    expect((await ledger()).length > 0).toBe(!damaged);
    expect(await close()).toMatchObject({ status: 'closed', isBalanced: true });
    expect(await findDifferences(database.sql, new Date(now), 'UTC')).toEqual([]);
    await database.sql`delete from day_closings`;
    if (result !== 'crashed') {
      // Three proofs of 13 statements, ten repairs, the ledger's row, its commit and its balance.
      expect(statement).toBeGreaterThanOrEqual(53);
      break;
    }
  }
});

test('two that close at once do not repair twice', async () => {
  await recordDay();
  await database.sql`update video_days set views = views + 3`;
  const other = connect(database.url, { name: 'close too', max: 1 });
  const closings = await Promise.all([session, other].map((sql) => closeDay(sql, day, 'UTC', new Date(now))));
  await other.end();
  expect(closings.some(({ status }) => status === 'closed')).toBe(true);
  expect(await findDifferences(database.sql, new Date(now), 'UTC')).toEqual([]);
});

test('a day is not closed before the rollup has read it, and is final a week after', async () => {
  await recordDay(noon + 3_600_000);
  expect(await close()).toEqual({ status: 'behind' });
  now = nextMorning + 6 * 86_400_000;
  await rollUp(database.sql, now);
  expect(await close()).toMatchObject({ isFinal: false });
  now = nextMorning + 7 * 86_400_000;
  await rollUp(database.sql, now);
  expect(await close()).toMatchObject({ isFinal: true });
});

/** Five people and two bots on two videos, rolled up by `until`. */
async function recordDay(until = nextMorning): Promise<void> {
  const people = ['tide', 'tide', 'tide', 'storm', 'storm'].map((key, i) => viewOf(key, noon - i * 3_600_000));
  await recordViews(ingest, people, person);
  await recordViews(ingest, [viewOf('tide', noon), viewOf('storm', noon - 60_000)], bot);
  now = until;
  await rollUp(database.sql, now);
}

function close(): Promise<Closing> {
  return closeDay(session, day, 'UTC', new Date(now));
}

function ledger() {
  return database.sql`
    select day::text, log_views::int as views, differing_buckets as buckets, is_balanced as balanced, is_final as final
    from day_closings order by id`;
}
