import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { connectDb, type Db } from '#db/client.ts';
import { topVideos } from '#reports/top-videos.ts';
import { uniqueViewers } from '#reports/unique-viewers.ts';
import { findDifferences } from '#rollups/differences.ts';
import { rollUp } from '#test/factories.ts';
import { importedAt, openTextImport, type TextImport } from '#test/import-text.ts';

const root = path.join(import.meta.dirname, '../..');
const excerpt = path.join(root, 'test/fixtures/campus-youtube-2007-06-06.excerpt.log');
const wholeDay = path.join(root, '../shared/data/campus-youtube-2007-06-06.log');
const options = ['--columns', 'time,_,viewer,_,video,_', '--create-videos', 'campus'];

let world: TextImport;

beforeAll(async () => {
  world = await openTextImport();
});
beforeEach(() => world.clear());
afterAll(() => world.close());

test('an excerpt of a real log comes in as it is', async () => {
  const { tally, videosMade } = await world.runFile(excerpt, ...options);
  expect(tally).toMatchObject({ lines: 60, counted: 60, skipped: 0, rejected: new Map() });
  expect(videosMade).toBe(54);
  const views = await world.views('viewer');
  expect(views[0]).toMatchObject({ key: 'Iby-dzo8HMk', at: '2007-06-06 04:00:01.229' });
  expect(views.at(-1)).toMatchObject({ key: '5wH3Gw9H_eY', at: '2007-06-06 04:13:30.531' });
  expect(new Set(views.map(({ viewer }) => viewer)).size).toBe(15);
});

test.skipIf(!existsSync(wholeDay))('a real day: 5,771 views of 4,513 videos by 598 clients, once', async () => {
  const { sql } = world.database;
  const first = await world.runFile(wholeDay, ...options);
  expect(first.tally).toMatchObject({ lines: 5_771, counted: 5_771, skipped: 0, rejected: new Map() });
  expect(first.videosMade).toBe(4_513);
  await rollUp(sql, importedAt);
  expect(await sql`select count(distinct viewer)::int as clients from video_views`).toEqual([{ clients: 598 }]);
  const top = await sql`
    select key, views::int from video_totals join videos on id = video_id order by views desc, key limit 5`;
  expect(top).toEqual([
    { key: '0bL-FuhuLZY', views: 23 },
    { key: 'nUDIoN-_Hxs', views: 17 },
    { key: '6Y39gHihP74', views: 12 },
    { key: 'ibqwKb4cCsg', views: 12 },
    { key: '7SUg7-39gQM', views: 10 },
  ]);
  const hours = await sql`
    select sum(views)::int as views, count(*)::int as hours from channel_hours
    where channel_id = (select id from channels where handle = 'campus')
      and hour >= '2007-06-06 04:00+00' and hour < '2007-06-07 04:00+00'`;
  expect(hours).toEqual([{ views: 5_771, hours: 24 }]);
  expect(await findDifferences(sql, new Date(importedAt), 'UTC')).toEqual([]);
  const db = connectDb(world.database.url, { name: 'test', max: 1 });
  try {
    const days = { from: '2007-06-06', to: '2007-06-08' };
    expect(await uniqueViewers(db, { channels: 'all' }, days)).toEqual({ viewers: 598, isExact: true });
    await expectListOf(db, countsOf(readFileSync(wholeDay, 'utf8')));
  } finally {
    await db.$client.end();
  }

  const again = await world.runFile(wholeDay, ...options);
  expect(again.tally).toMatchObject({ counted: 0, duplicates: 5_771 });
  expect(again.videosMade).toBe(0);
  expect(again.rejectedPath).toBeUndefined();
});

/** Views by key, as awk counts them. */
function countsOf(log: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const line of log.trim().split('\n')) {
    const key = line.split(' ')[4] ?? '';
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

/** The thousand first of all time; at equal views the video that was made first. */
async function expectListOf(db: Db, counts: Map<string, number>): Promise<void> {
  const { videos } = await topVideos(db, 'all', { window: 'all', k: 1_000 }, new Date(importedAt), 'UTC');
  expect(videos.map(({ views }) => views)).toEqual([...counts.values()].sort((a, b) => b - a).slice(0, 1_000));
  for (const { key, views } of videos) expect([key, views]).toEqual([key, counts.get(key)]);
  const isInOrder = videos.every(({ views, videoId }, n) => {
    const next = videos[n + 1];
    return !next || views > next.views || (views === next.views && videoId < next.videoId);
  });
  expect(isInOrder).toBe(true);
}
