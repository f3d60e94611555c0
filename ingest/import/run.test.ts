import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTextImport, type TextImport } from '#test/import-text.ts';

let world: TextImport;

beforeAll(async () => {
  world = await openTextImport();
});
afterAll(() => world.close());

async function command(content: string | Buffer, ...options: string[]): Promise<{ code: number; output: string }> {
  const file = path.join(world.folder, typeof content === 'string' ? 'a.csv' : 'a.csv.gz');
  await writeFile(file, content);
  const run = path.join(import.meta.dirname, 'run.ts');
  // Vitest has a BASE_URL of its own.
  const env = { ...process.env, BASE_URL: '', DATABASE_URL: world.database.url, PORT: '4321' };
  const child = spawn(process.execPath, [run, file, ...options], { env });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  const [code] = await once(child, 'close');
  return { code, output };
}

test('the exit code is 0 when all lines are in the log, and every chart has them', async () => {
  const csv = 'time,video\n2026-03-01T10:00:00Z,tide\n2026-03-01T10:00:05Z,tide\n';
  const { code, output } = await command(csv, '--create-videos', 'old-films');
  expect(output).toMatch(/as CSV between ,: time video; times: iso \(guessed\)/);
  expect(output).toMatch(/counted +2\n {2}duplicates +0\n {2}rejected +0\n {2}skipped +0\n {2}videos made +1\n/);
  expect(output).toContain('Views from 2026-03-01 10:00:00 to 2026-03-01 10:00:05 UTC');
  expect(code).toBe(0);
  expect(await world.database.sql`select views::int from video_totals`).toEqual([{ views: 2 }]);
  expect(output).toMatch(/\nLook at http:\/\/127\.0\.0\.1:4321\/channels\/old-films\?from=2026-03-01&to=2026-03-01\n$/);
  const again = await command(csv);
  expect(again.output).toMatch(/\nLook at http:\/\/127\.0\.0\.1:4321\/videos\/tide\?from=2026-03-01&to=2026-03-01\n$/);
  expect(again.code).toBe(0);
});

test('the dates of the page that it ends with are those of the reporting zone', async () => {
  const { sql } = world.database;
  await sql`update installation set time_zone = 'Asia/Tokyo'`;
  const { output } = await command('time,video\n2026-03-01T20:00:00Z,tide\n', '--create-videos', 'old-films');
  await sql`update installation set time_zone = 'UTC'`;
  expect(output).toContain('/channels/old-films?from=2026-03-02&to=2026-03-02\n');
});

test('the exit code is 2 when lines were rejected', async () => {
  const { code, output } = await command('time,video\n2026-03-01T10:00:09Z,tide\nnever,tide\n');
  expect(output).toMatch(/line 3: "never" is no time/);
  expect(output).toMatch(/rejected +1\n {4}invalid_time +1\n/);
  expect(output).toContain('a.csv.rejected: mend them and import that file');
  expect(code).toBe(2);
});

test('the exit code is 1 when nothing could be read, with what to do', async () => {
  const { code, output } = await command('time,video\n', '--format', 'xml');
  expect(output).toMatch(/--format: should be one of csv, ndjson, combined, delimited/);
  expect(code).toBe(1);
});

test('an import that broke off tells what it did, whether or not the charts can be brought up to date', async () => {
  const { sql } = world.database;
  const lines = Array.from({ length: 20_000 }, () => `2026-03-01T11:00:00Z,tide,${crypto.randomUUID()}\n`);
  const packed = gzipSync(`time,video,viewer\nnever,tide,anna\n${lines.join('')}`);
  await sql`alter table channel_totals rename to hidden_totals`;
  const { code, output } = await command(packed.subarray(0, -1_000), '--create-videos', 'old-films');
  await sql`alter table hidden_totals rename to channel_totals`;
  expect(output).toMatch(/line 2: "never" is no time/);
  expect(output).toMatch(/counted +[\d,]{2,}\n/);
  expect(output).toContain('a.csv.gz.rejected: mend them and import that file');
  expect(output).toContain('unexpected end of file\nWhat was counted is kept');
  expect(output).not.toContain('Every chart has them');
  expect(code).toBe(1);
});
