import { afterAll, beforeAll, expect, test } from 'vitest';
import { recordViews } from '#ingest/record-views.ts';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { bot, makeVideos, openIngest, person, rollUp, viewOf } from '#test/factories.ts';
import { differencesIn, findDifferences } from './differences.ts';

const now = new Date('2026-03-29T12:00:00Z');
const timeZone = 'Europe/Berlin';
let database: TestDatabase;

beforeAll(async () => {
  database = await freshDatabase(timeZone);
  await makeVideos(database.sql, ['tide', 'storm']);
  const ingest = await openIngest(database, () => now.getTime());
  const views = ['2026-03-29T11:59:00Z', '2026-03-29T00:30:00Z', '2026-03-24T08:00:00Z'].map((at) =>
    viewOf('tide', at),
  );
  await recordViews(ingest, views, person);
  await recordViews(ingest, [viewOf('storm', now.getTime())], bot);
  await rollUp(database.sql, now, timeZone);
  await ingest.close();
});

afterAll(() => database.close());

test('aggregates that equal the log are proved', async () => {
  expect(await findDifferences(database.sql, now, timeZone)).toEqual([]);
});

const tables = ['video', 'channel'].flatMap((kind) =>
  ['minutes', 'hours', 'days', 'months', 'totals'].map((grain) => `${kind}_${grain}`),
);

test.each(tables)('a wrong count in %s is found', async (table) => {
  for (const wrong of [
    'views = views + 1',
    'bot_views = bot_views + 1',
    'views = -1',
    'views = views - 1, bot_views = -1',
  ]) {
    expect(await differencesAfter(`update ${table} set ${wrong}`)).toContain(table);
  }
  expect(await differencesAfter(`delete from ${table}`)).toContain(table);
});

test('a view that no aggregate knows is found in every grain', async () => {
  const found = await differencesAfter(`
    insert into video_views (id, viewer, video_id, viewed_at, received_at, batch, lane, is_muted)
    select gen_random_uuid(), viewer, video_id, viewed_at, received_at, batch, lane, is_muted from video_views
    where viewed_at = '2026-03-29T11:59:00Z'`);
  expect(new Set(found)).toEqual(
    new Set([...tables, 'video_breakdowns', 'channel_breakdowns', 'video_viewers', 'channel_viewers']),
  );
});

test('a cursor past what was written is found', async () => {
  expect(await differencesAfter('update rollup_cursors set batch = batch + 1')).toEqual(['rollup_cursors']);
});

test('a day whose log is archived is still held against its hours and months', async () => {
  const archive = `insert into log_archives values ('2026-03-24', 1, now()); delete from video_views where viewed_at < '2026-03-25';`;
  expect(await differencesAfter(archive)).toEqual([]);
  expect(await differencesAfter(`${archive} update video_days set views = 2 where day = '2026-03-24'`)).toContain(
    'video_days',
  );
});

/** The tables with differences after `change`, which is rolled back. */
async function differencesAfter(change: string): Promise<string[]> {
  const undo = new Error('undo');
  let tables: string[] = [];
  await database.sql
    .begin('isolation level repeatable read', async (tx) => {
      await tx.unsafe(change);
      tables = (await differencesIn(tx, now, timeZone)).map(({ table }) => table);
      throw undo;
    })
    .catch((error) => {
      if (error !== undo) throw error;
    });
  return [...new Set(tables)];
}
