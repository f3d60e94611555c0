import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Sql } from '#db/client.ts';
import { ensureLivePartitions } from '#ingest/log-partitions.ts';
import { recordViews } from '#ingest/record-views.ts';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { bot, makeVideos, openIngest, person, rollUp, type TestIngest, viewOf } from '#test/factories.ts';
import { mergeVideo } from '#videos/merge-video.ts';
import { undoMerge } from '#videos/undo-merge.ts';
import { closeDay } from '../close-day.ts';
import { findDifferences } from '../differences.ts';
import { openProofSession } from '../proof-session.ts';

const now = Date.parse('2026-03-20T12:00Z');
const yesterday = now - 86_400_000;
const author = { actor: 'command', now: new Date(now) } as const;
let database: TestDatabase;
let sql: Sql;
let ingest: TestIngest;

beforeAll(async () => {
  database = await freshDatabase();
  sql = database.sql;
  await makeVideos(sql, ['tide', 'gulls', 'nets', 'dawn', 'dusk'], 'harbour');
  await ensureLivePartitions(sql, new Date(now));
  ingest = await openIngest(database, () => now);
});

afterAll(async () => {
  await ingest.close();
  await database.close();
});

const url = (host: string) => `https://${host}/page`;

/** One view of each referrer. */
async function referTo(video: string, referrers: string[]): Promise<void> {
  for (let from = 0; from < referrers.length; from += 500) {
    const some = referrers.slice(from, from + 500);
    await recordViews(
      ingest,
      some.map((host) => viewOf(video, yesterday, { referrer: url(host) })),
      person,
    );
  }
  await rollUp(sql, now);
}

async function rowsOf(video: string, dimension: number) {
  const rows = await sql<{ value: string; views: number; bots: number }[]>`
    select value, views::int as views, bot_views::int as bots from video_breakdowns b join videos k on k.id = b.video_id
    where k.key = ${video} and dimension = ${dimension} order by value`;
  return rows.map(({ value, views, bots }) => [value, views, bots]);
}

const named = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => `r${String(from + i).padStart(4, '0')}.example`);

async function shape(video: string) {
  const [row] = await sql<[{ named: number; others: number; views: number }]>`
    select (count(*) filter (where value not in ('', '/other')))::int as named,
      coalesce(sum(views) filter (where value = '/other'), 0)::int as others, sum(views)::int as views
    from video_breakdowns b join videos k on k.id = b.video_id where k.key = ${video} and dimension = 5`;
  return row;
}

test('every view is in one row of each dimension, also where nothing is known', async () => {
  const views = [
    viewOf('tide', yesterday, { page: url('blog.example'), referrer: url('search.example') }),
    viewOf('tide', yesterday, { page: url('www.blog.example') }),
    viewOf('tide', yesterday),
  ];
  await recordViews(ingest, views, { ...person, address: '2.16.0.1' });
  await recordViews(ingest, [viewOf('tide', yesterday)], bot);
  await rollUp(sql, now);
  expect(await rowsOf('tide', 0)).toEqual([
    ['', 1, 1],
    ['NL', 3, 0],
  ]);
  expect(await rowsOf('tide', 1)).toEqual([
    ['bot', 1, 1],
    ['desktop', 3, 0],
  ]);
  expect(await rowsOf('tide', 2)).toEqual([
    ['Chrome', 3, 0],
    ['Googlebot', 1, 1],
  ]);
  expect(await rowsOf('tide', 4)).toEqual([
    ['blog.example', 2, 0],
    ['example.com', 2, 1],
  ]);
  expect(await rowsOf('tide', 5)).toEqual([
    ['', 3, 1],
    ['search.example', 1, 0],
  ]);
  expect(await findDifferences(sql, new Date(now), 'UTC')).toEqual([]);
});

test('the first thousand values have rows, what comes later is with the others, and the close keeps the largest', async () => {
  await referTo('gulls', named(0, 990));
  expect(await shape('gulls')).toEqual({ named: 990, others: 0, views: 990 });
  // In the order of the values: ten of them.
  await referTo('gulls', named(2_000, 2_020));
  expect(await shape('gulls')).toEqual({ named: 1_000, others: 10, views: 1_010 });
  // Those with a row go on in it; no other gets one, however often it comes.
  await referTo('gulls', ['r0000.example', 'r2009.example', 'r2015.example', 'r2015.example', 'r2019.example']);
  expect(await shape('gulls')).toEqual({ named: 1_000, others: 13, views: 1_015 });
  const live = new Map((await rowsOf('gulls', 5)).map(([value, views]) => [value, views]));
  expect([live.get('r0000.example'), live.get('r2009.example'), live.get('r2015.example')]).toEqual([2, 2, undefined]);
  expect(await findDifferences(sql, new Date(now), 'UTC')).toEqual([]);

  expect(await close()).toMatchObject({ status: 'closed', isBalanced: true, proof: { differingBuckets: 0 } });
  const closed = new Map((await rowsOf('gulls', 5)).map(([value, views]) => [value, views]));
  // r2015 was seen three times, r0000, r2009 and r2019 twice; of the 1,006 seen once the first 996 by name.
  expect([closed.get('r2015.example'), closed.get('r2019.example'), closed.get('r0989.example')]).toEqual([3, 2, 1]);
  expect([closed.get('r2006.example'), closed.get('r2007.example')]).toEqual([1, undefined]);
  expect(await shape('gulls')).toEqual({ named: 1_000, others: 10, views: 1_015 });
  expect(await close()).toMatchObject({ status: 'closed', proof: { differingBuckets: 0 } });
});

test('merged videos with more values than have rows keep their sums, and part with them', async () => {
  await referTo('nets', named(0, 700));
  await referTo('dawn', named(500, 1_300));
  await mergeVideo(sql, 'dawn', 'nets', author);
  expect(await shape('nets')).toEqual({ named: 1_000, others: 300, views: 1_500 });
  expect(await findDifferences(sql, new Date(now), 'UTC')).toEqual([]);
  await undoMerge(sql, 'dawn', author);
  expect(await shape('nets')).toEqual({ named: 700, others: 0, views: 700 });
  expect(await shape('dawn')).toEqual({ named: 800, others: 0, views: 800 });
  expect(await findDifferences(sql, new Date(now), 'UTC')).toEqual([]);
});

test('values that are as large change places at the close, which is no difference', async () => {
  await referTo('dusk', named(1, 1_001));
  await referTo('dusk', ['r0000.example']);
  expect(await close()).toMatchObject({ status: 'closed', isBalanced: true, proof: { differingBuckets: 0 } });
  const rows = new Map((await rowsOf('dusk', 5)).map(([value, views]) => [value, views]));
  expect([rows.get('r0000.example'), rows.get('r1000.example'), rows.get('/other')]).toEqual([1, undefined, 1]);
});

test('a row that is wrong is found by the close, told, and set right', async () => {
  await sql`update video_breakdowns set views = views + 1 where dimension = 0 and value = 'NL'`;
  await sql`delete from channel_breakdowns where dimension = 2 and channel_id = 0`;
  const closing = await close();
  expect(closing).toMatchObject({ status: 'closed', isBalanced: true });
  const repairs = closing.status === 'closed' ? closing.proof.differences : [];
  expect(repairs).toContainEqual({
    ...{ table: 'video_breakdowns', owner: 1, bucket: '2026-03-19 0 NL' },
    ...{ views: 4, expectedViews: 3, botViews: 0, expectedBotViews: 0 },
  });
  expect(await findDifferences(sql, new Date(now), 'UTC')).toEqual([]);
});

async function close() {
  const session = await openProofSession(database.url, 'close');
  return closeDay(session, '2026-03-19', 'UTC', new Date(now)).finally(() => session.end());
}
