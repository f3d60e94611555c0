// A real day of 2007, imported, proved, archived, dropped, brought back and dropped again: no total ever changes.
import { existsSync } from 'node:fs';
import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect, type Sql } from '#db/client.ts';
import { rollUp } from '#test/factories.ts';
import { importedAt, openTextImport, type TextImport } from '#test/import-text.ts';
import { root } from '#test/source-files.ts';
import { checkInvariants } from '../checker.ts';
import { closeDueDays } from '../close-due-days.ts';
import { dayOf } from '../day-bounds.ts';
import { proveDay } from '../day-proof.ts';
import { retain } from '../retain.ts';
import { retentionPolicies } from '../retention-policies.ts';
import { findArchive } from './find-archive.ts';
import { restoreDay } from './restore-day.ts';

const dayMs = 86_400_000;
const wholeDay = path.join(root, '../shared/data/campus-youtube-2007-06-06.log');
const excerpt = path.join(root, 'test/fixtures/campus-youtube-2007-06-06.excerpt.log');
const [source, views] = existsSync(wholeDay) ? ([wholeDay, 5_771] as const) : ([excerpt, 60] as const);
const options = ['--columns', 'time,_,viewer,_,video,_', '--create-videos', 'campus'];

let world: TextImport;
let session: Sql;
let folder: string;
let file: string;
let now = importedAt;
let totals: unknown;
let log: unknown;

beforeAll(async () => {
  world = await openTextImport();
  session = connect(world.database.url, { name: 'retention', max: 1 });
  folder = await mkdtemp(path.join(tmpdir(), 'boxoffice-archive-'));
  // A copy: what is rejected is written beside it.
  file = path.join(world.folder, 'campus.log');
  await copyFile(source, file);
  await world.runFile(file, ...options);
  await rollUp(world.database.sql, now);
  await closeDueDays(session, 'UTC', () => new Date(now));
  totals = await readTotals();
  log = await readLog();
  expect(totals).toMatchObject({ views });
});

afterAll(async () => {
  await session.end();
  await world.close();
  await rm(folder, { recursive: true });
});

test('imported history is as young as its import', async () => {
  now = importedAt + 89 * dayMs;
  expect(await retainLog()).toEqual([]);
  now = importedAt + 90 * dayMs;
});

test('a proved day goes into a file, and its views and totals stay the same', async () => {
  const retained = await retainLog();
  expect(retained[0]).toMatchObject({ partition: 'video_views_20070606', status: 'dropped' });
  expect(retained.every(({ status }) => status === 'dropped')).toBe(true);
  expect(await count('video_views')).toBe(0);
  expect(await readTotals()).toEqual(totals);
  const lines = await archivedLines('2007-06-06');
  expect(lines.length).toBe((await findArchive(session, '2007-06-06'))?.views);
  const first = lines.map((line) => JSON.parse(line)).find((view) => view.viewed_at === '2007-06-06T04:00:01.229Z');
  expect(first).toMatchObject({ video: 'Iby-dzo8HMk', bot: null, is_muted: false });
  expect((await readdir(folder)).filter((name) => name.endsWith('.partial'))).toEqual([]);
  await expectInvariants();
});

test('importing an archived day again counts nothing and says why', async () => {
  const { tally } = await world.runFile(file, ...options);
  expect(tally.counted).toBe(0);
  expect([...tally.rejected.keys()]).toEqual(['archived']);
  await rollUp(world.database.sql, now);
  expect(await readTotals()).toEqual(totals);
  expect(await closeDueDays(session, 'UTC', () => new Date(now))).toEqual([]);
});

test('an altered, shortened or missing file is refused, and the day stays archived', async () => {
  const archive = (await findArchive(session, '2007-06-06'))?.file;
  const target = path.join(folder, archive?.fileName ?? '');
  const original = await readFile(target);
  const text = zstdDecompressSync(original).toString();
  const altered = zstdCompressSync(text.replace('"is_muted":false', '"is_muted":true '));
  for (const [content, because] of [
    [altered, /was altered|bytes instead of/],
    [original.subarray(0, -10), /bytes instead of/],
    [Buffer.concat([original.subarray(0, -1), Buffer.from([original.at(-1) === 0 ? 1 : 0])]), /unpacked|altered/],
  ] as const) {
    await writeFile(target, content);
    expect(await restore('2007-06-06')).toMatchObject({ status: 'refused', because: expect.stringMatching(because) });
  }
  await rm(target);
  expect(await restore('2007-06-06')).toMatchObject({ because: expect.stringContaining('is not in') });
  await writeFile(target, original);
  expect(await count('video_views')).toBe(0);
});

test('a restored log is what it was, proves the day and is not counted again', async () => {
  await world.database.sql`create table video_views_20070606_restored (of_one_that_was_killed int)`;
  for (const day of await archivedDays()) expect(await restore(day)).toMatchObject({ status: 'restored' });
  expect(await readLog()).toEqual(log);
  await rollUp(world.database.sql, now);
  expect(await readTotals()).toEqual(totals);
  for (const day of await archivedDays()) {
    expect(await proveDay(session, await dayOf(session, day, 'UTC'), new Date(now))).toMatchObject({
      differingBuckets: 0,
    });
  }
  const closed = await closeDueDays(session, 'UTC', () => new Date(now + 1_000));
  expect(closed.map(({ closing }) => closing.status === 'closed' && closing.isBalanced)).toEqual(
    closed.map(() => true),
  );
  expect(closed.length).toBe((await archivedDays()).length);
  expect(await restore('2007-06-06')).toEqual({ status: 'refused', because: 'it is restored already' });
  await expectInvariants();
});

test('a restored day still takes no views', async () => {
  const { tally } = await world.runFile(file, ...options);
  expect(tally).toMatchObject({ counted: 0, duplicates: 0 });
  expect([...tally.rejected.keys()]).toEqual(['archived']);
  expect(await readLog()).toEqual(log);
});

test('after seven days it is dropped again, by the same file', async () => {
  const files = await readdir(folder);
  now += 6 * dayMs;
  expect(await retainLog()).toEqual([]);
  now += dayMs;
  expect((await retainLog()).map(({ status }) => status)).toEqual((await archivedDays()).map(() => 'dropped'));
  expect(await readdir(folder)).toEqual(files);
  expect(await count('video_views')).toBe(0);
  expect(await readTotals()).toEqual(totals);
  await expectInvariants();
});

test('the day is not restored where nothing was written', async () => {
  await world.database
    .sql`update log_archives set file_name = null, bytes = null, sha256 = null where day = '2007-06-06'`;
  expect(await restore('2007-06-06')).toMatchObject({ because: expect.stringContaining('ARCHIVE_DIR was not set') });
  expect(await restore('2007-06-01')).toEqual({ status: 'refused', because: 'its log was not archived' });
});

async function retainLog() {
  const policies = retentionPolicies().filter(({ fact }) => fact === 'view log');
  const archives = { url: world.database.url, folder };
  const { tooOld } = await retain(session, { policies, archives, timeZone: 'UTC', now: new Date(now) });
  // The import's own days have no views.
  return tooOld.filter(({ partition }) => partition.includes('_2007'));
}

function restore(day: string) {
  return restoreDay(session, day, folder, new Date(now));
}

async function archivedDays(): Promise<string[]> {
  const rows = await session<{ day: string }[]>`select day::text as day from log_archives order by log_archives.day`;
  return rows.map(({ day }) => day);
}

async function archivedLines(day: string): Promise<string[]> {
  const name = (await findArchive(session, day))?.file?.fileName ?? '';
  return zstdDecompressSync(await readFile(path.join(folder, name)))
    .toString()
    .trimEnd()
    .split('\n');
}

async function readTotals() {
  const [row] = await session`
    select (select views::int from channel_totals where channel_id = 0) as views, md5(string_agg(t::text, ',' order by video_id)) as videos
    from video_totals t`;
  return row;
}

/** Every column of every view. */
function readLog() {
  return session`select md5(string_agg(v::text, ',' order by id)) as views, count(*)::int as count from video_views v`;
}

async function count(table: string): Promise<number> {
  const [row] = await session<[{ rows: number }]>`select count(*)::int as rows from ${session(table)}`;
  return row.rows;
}

async function expectInvariants(): Promise<void> {
  const findings = await checkInvariants(world.database.sql, new Date(now), 'UTC');
  expect(findings.filter(({ holds }) => !holds)).toEqual([]);
}
