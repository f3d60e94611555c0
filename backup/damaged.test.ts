// A backup that was cut short, altered or is none: refused by the name of the table, with nothing restored.
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { type KeptBackup, keepBackup } from '#test/kept-backup.ts';
import { restoreBackup } from './restore-backup.ts';

let kept: KeptBackup;
let whole: Buffer;
let text: string;
let target: TestDatabase;

beforeAll(async () => {
  kept = await keepBackup();
  whole = await readFile(kept.file);
  text = zstdDecompressSync(whole).toString();
  target = await freshDatabase();
});
afterAll(async () => {
  await target.close();
  await kept.remove();
});

const log = 'video_views_20260309';

test('the text is SQL with its facts in comments', () => {
  const lines = text.trimEnd().split('\n');
  expect(lines.filter((line) => line.startsWith('copy')).length).toBeGreaterThan(20);
  expect(lines).toContain(
    'copy channels (id, handle, name, created_at, archived_at, first_view_videos_per_day, leaves_out_members) from stdin;',
  );
  expect(JSON.parse(lines.at(-1)?.slice(3) ?? '').sums).toContainEqual({
    table: log,
    rows: 42,
    sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
});

test.each<[string, (text: string) => string, string | RegExp]>([
  ['a row changed', (it) => it.replace('\ttide\t', '\ttidf\t'), 'found at videos'],
  ['a row missing', (it) => it.replace(/(copy video_views_20260309 .*\n).*\n/, '$1'), `found at ${log}`],
  [
    'a row twice',
    (it) => it.replace(/(copy video_totals .*\n)(.*\n)/, '$1$2$2'),
    /duplicate key|found at video_totals/,
  ],
  [
    'a table missing',
    (it) => it.replace(/copy video_hours_20260301 [^\\]*\\\.\n.*\n/, ''),
    'found at video_hours_20260301',
  ],
  ['a sum changed', (it) => it.replace(/("table":"video_totals","rows":)1/, '$12'), 'found at video_totals'],
  ['another head', (it) => it.replace('"view_batches":"', '"view_batches":"1'), 'first and its last line do not agree'],
  ['the end missing', (it) => it.slice(0, it.lastIndexOf('-- ')), 'found at its last line'],
  ['a cut within the log', (it) => it.slice(0, it.indexOf(`copy ${log}`) + 500), `found at ${log}`],
  ['a table of others', (it) => it.replaceAll('video_totals', 'pg_authid'), 'does not fit this database: pg_authid'],
  ['a value that is none', (it) => it.replace(/(copy video_totals .*\n)\d+/, '$1tide'), 'invalid input syntax'],
  ['a view of no video', (it) => it.replace(/(copy video_views_20260308 .*\n\S+\t\S+\t)1\t/, '$19\t'), 'foreign key'],
  ['another program', () => 'select 1;\n', 'no backup'],
])('%s', async (_, alter, message) => {
  const file = path.join(kept.folder, 'altered.sql.zst');
  expect(alter(text)).not.toBe(text);
  await writeFile(file, zstdCompressSync(alter(text)));
  await expect(restoreBackup({ url: target.url, file })).rejects.toThrow(message);
  await expectEmpty();
});

test('a file that was cut anywhere', async () => {
  const file = path.join(kept.folder, 'cut.sql.zst');
  // Node ends with an empty frame, of which nothing is missed.
  for (const length of [0, 3, 10, whole.length >> 1, whole.length - 14]) {
    await writeFile(file, whole.subarray(0, length));
    await expect(restoreBackup({ url: target.url, file })).rejects.toThrow(/cut short, damaged or no backup: found at/);
  }
  await expectEmpty();
});

test('a byte that was flipped anywhere', async () => {
  const file = path.join(kept.folder, 'flipped.sql.zst');
  for (const part of [0.1, 0.5, 0.9]) {
    const flipped = Buffer.from(whole);
    flipped.writeUInt8((flipped[Math.floor(whole.length * part)] ?? 0) ^ 4, Math.floor(whole.length * part));
    await writeFile(file, flipped);
    await expect(restoreBackup({ url: target.url, file })).rejects.toThrow();
  }
  await expectEmpty();
});

test('the whole one is still taken', async () => {
  await restoreBackup({ url: target.url, file: kept.file });
  expect(await target.sql`select count(*)::int as views from video_views`).toEqual([{ views: 126 }]);
});

async function expectEmpty(): Promise<void> {
  const [found] = await target.sql`
    select (select count(*) from channels)::int as channels, (select count(*) from video_views)::int as views,
      (select count(*) from installation)::int as installations`;
  expect(found).toEqual({ channels: 0, views: 0, installations: 1 });
}
