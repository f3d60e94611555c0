import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { makeVideos } from '#test/factories.ts';

let database: TestDatabase;
let folder: string;

beforeAll(async () => {
  database = await freshDatabase();
  await makeVideos(database.sql, ['tide', 'storm']);
  folder = await mkdtemp(path.join(tmpdir(), 'opening-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await database.close();
});

async function command(...args: string[]): Promise<{ code: number; output: string }> {
  const env = { ...process.env, BASE_URL: '', DATABASE_URL: database.url };
  const child = spawn(process.execPath, [path.join(import.meta.dirname, 'run.ts'), ...args], { env });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  const [code] = await once(child, 'close');
  return { code, output };
}

async function fileOf(text: string): Promise<string> {
  const file = path.join(folder, 'counts.csv');
  await writeFile(file, text);
  return file;
}

test('a file is entered, refused a second time with each bad line, checked, and reversed', async () => {
  const source = ['--source', 'YouTube Studio'];
  expect(await command(await fileOf('video,views\ntide,980000\nstorm,0\n'), ...source)).toEqual({
    code: 0,
    output:
      'Entered 1 count of 1 video, 980,000 views in all, as entry 1. 1 line has 0 views and says nothing.\n' +
      'Take it back with npm run opening -- --reverse 1\n',
  });
  const again = await command(await fileOf('video,views\nnobody,1\nstorm,2\ntide,980000\n'), ...source);
  expect(again.code).toBe(1);
  expect(again.output).toMatch(
    /^Nothing was entered. These lines need attention:\n {2}line 2: There is no video nobody.\n {2}line 4: Already entered on /,
  );
  expect(await command('--reverse', '1')).toEqual({
    ...{ code: 0, output: 'Reversed entry 1: 1 count, 980,000 views in all. No total shows it any more.\n' },
  });
  expect((await command(await fileOf('video,views\ntide,2\n'), '--dry-run')).output).toBe(
    'The file is good: 1 count of 1 video, 2 views in all. Nothing was entered.\n',
  );
  const [stored] = await database.sql`select count(*)::int, count(reversed_at)::int as reversed from opening_balances`;
  expect(stored).toEqual({ count: 1, reversed: 1 });
}, 60_000);
