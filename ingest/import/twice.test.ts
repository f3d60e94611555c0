import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { findDifferences } from '#rollups/differences.ts';
import { rollUp } from '#test/factories.ts';
import { importedAt, openTextImport, type TextImport } from '#test/import-text.ts';
import { openVideoDirectory } from '../video-directory.ts';
import { lineIds } from './line-id.ts';

let world: TextImport;

beforeAll(async () => {
  world = await openTextImport();
});
beforeEach(() => world.clear());
afterAll(() => world.close());

const make = ['--create-videos', 'old-films'];
const header = 'time,video,viewer\n';
const views =
  header + Array.from({ length: 3_000 }, (_, i) => `2026-03-0${1 + (i % 5)}T10:00:00Z,v${i % 7},u${i}\n`).join('');

test('importing a file twice changes nothing, and the aggregates equal the log', async () => {
  const { sql } = world.database;
  const first = await world.run('a.csv', views, ...make);
  expect(first.tally).toMatchObject({ lines: 3_000, counted: 3_000, duplicates: 0 });
  await rollUp(sql, importedAt);
  const again = await world.run('renamed.csv', views, ...make);
  expect(again.tally).toMatchObject({ lines: 3_000, counted: 0, duplicates: 3_000 });
  await rollUp(sql, importedAt);
  expect(again.videosMade).toBe(0);
  expect(await sql`select views::int from channel_totals where channel_id = 0`).toEqual([{ views: 3_000 }]);
  expect(await findDifferences(sql, new Date(importedAt), 'UTC')).toEqual([]);
});

test('a file that grew, and one that overlaps it, add only what is new', async () => {
  const lines = views.split('\n');
  await world.run('a.csv', lines.slice(0, 1_001).join('\n'), ...make);
  expect((await world.run('a.csv', views, ...make)).tally).toMatchObject({ counted: 2_000, duplicates: 1_000 });
  const tail = [lines[0], ...lines.slice(2_001)].join('\n');
  expect((await world.run('tail.csv', tail, ...make)).tally).toMatchObject({ counted: 0, duplicates: 1_000 });
});

test('equal lines are events of their own, the same ones every time', async () => {
  const csv = `${header}${'2026-03-01T10:00:00Z,tide,anna\n'.repeat(3)}2026-03-01T10:00:00Z,tide,ben\n`;
  expect((await world.run('a.csv', csv, ...make)).tally).toMatchObject({ counted: 4, duplicates: 0 });
  expect((await world.run('a.csv', csv, ...make)).tally).toMatchObject({ counted: 0, duplicates: 4 });
});

test('equal lines are told apart over fifty thousand others', () => {
  const idOf = lineIds();
  const first = idOf('a line', 0);
  for (let i = 0; i < 49_998; i += 1) idOf(`another ${i}`, 0);
  expect(idOf('a line', 0)).not.toBe(first);
});

test('an id column makes the same event of it wherever it stands', async () => {
  const csv = 'id,time,video\nevent-1,2026-03-01T10:00:00Z,tide\n019cc29b-8e8f-7000-8000-00000000abcd,,tide\n';
  expect((await world.run('a.csv', csv, ...make)).tally).toMatchObject({ counted: 2 });
  const ndjson = '{"id":"event-1","time":"2026-03-01T10:00:00Z","video":"tide","page":"https://a.example"}\n';
  expect((await world.run('b.ndjson', ndjson)).tally).toMatchObject({ duplicates: 1 });
  expect(await world.views('id')).toMatchObject([
    { at: '2026-03-01 10:00:00.000' },
    { at: '2026-03-06 10:05:00.431', id: '019cc29b-8e8f-7000-8000-00000000abcd' },
  ]);
});

test('a viewer is the same in every file, and nobody else', async () => {
  await world.run('a.csv', `${header}2026-03-01T10:00:00Z,tide,anna\n2026-03-01T11:00:00Z,tide,ben\n`, ...make);
  await world.run('b.csv', `${header}2026-04-01T10:00:00Z,storm,anna\n2026-04-01T11:00:00Z,storm,\n`, ...make);
  const [anna, ben, annaAgain, unknown] = (await world.views('viewer')).map(({ viewer }) => viewer);
  expect(annaAgain).toBe(anna);
  expect(new Set([anna, ben, unknown]).size).toBe(3);
  expect(anna).toMatch(/^[0-9a-f-]{14}8/);
});

test('a dry run says what would come, and writes nothing', async () => {
  const { tally, videosMade } = await world.run('a.csv', `${views}later,v1,u1\n`, '--dry-run', ...make);
  expect(tally).toMatchObject({ lines: 3_001, counted: 3_000, rejected: new Map([['invalid_time', 1]]) });
  expect(videosMade).toBe(7);
  expect(await world.views()).toEqual([]);
  expect(await world.database.sql`select from channels`).toEqual([]);
  expect(await world.rejected('a.csv')).toBeUndefined();
});

test('a running server knows at once the videos that an import makes', async () => {
  const directory = await openVideoDirectory(world.database.sql);
  await directory.load(['tide']);
  expect(directory.peek('tide')).toBeNull();
  await world.run('a.csv', `${header}2026-03-01T10:00:00Z,tide,anna\n`, ...make);
  await expect.poll(() => directory.peek('tide')).toBeUndefined();
  await directory.load(['tide']);
  expect(directory.peek('tide')?.id).toBeGreaterThan(0);
});
