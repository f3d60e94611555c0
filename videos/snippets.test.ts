import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { openDoor, type TestDoor } from '#test/door.ts';
import { makeVideos, openIngest, type TestIngest } from '#test/factories.ts';
import { type Embedded, type SnippetKind, snippetsOf } from './snippets.ts';

const run = promisify(execFile);
let database: TestDatabase;
let ingest: TestIngest;
let door: TestDoor;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'boxoffice-snippets-'));
  database = await freshDatabase();
  await makeVideos(database.sql, ['tide', 'storm']);
  ingest = await openIngest(database, () => Date.now());
  door = await openDoor(ingest);
});

afterAll(async () => {
  await door.close();
  await ingest.close();
  await database.close();
  await rm(folder, { recursive: true });
});

const embedded = (given: Partial<Embedded>): Embedded => ({
  base: 'https://boxoffice.example',
  key: 'KEY',
  title: 'What the video is about',
  source: 'https://example.com/clip.mp4',
  ...given,
});

function codeOf(kind: SnippetKind, video: Embedded): string {
  const found = snippetsOf(video).find((snippet) => snippet.kind === kind);
  if (!found) throw new Error(`There is no snippet ${kind}`);
  return found.code;
}

const recorded = (key: string) => database.sql`
  select v.site, v.bot from video_views v join videos k on k.id = v.video_id where k.key = ${key}`;

test('curl as it is shown counts one view of a person', async () => {
  const code = codeOf('curl', embedded({ base: new URL(door.url).origin, key: 'tide' }));
  const { stdout } = await run('sh', ['-c', code]);
  expect(JSON.parse(stdout)).toMatchObject({ status: 'counted' });
  expect(await recorded('tide')).toEqual([{ site: 'your-site', bot: null }]);
});

test('the program for Node as it is shown counts one view of a person', async () => {
  const file = path.join(folder, 'count.mjs');
  await writeFile(file, codeOf('node', embedded({ base: new URL(door.url).origin, key: 'storm' })));
  const { stdout } = await run(process.execPath, [file]);
  expect(stdout).toContain("status: 'counted'");
  expect(await recorded('storm')).toEqual([{ site: 'your-site', bot: null }]);
});

test('docs/embedding.md shows every snippet as the page of a video does', async () => {
  const text = await readFile(path.join(import.meta.dirname, '../docs/embedding.md'), 'utf8');
  for (const { name, code } of snippetsOf(embedded({}))) {
    expect(text).toContain(`### ${name}\n`);
    expect(text).toContain(`\n${code}\n\`\`\``);
  }
});

test('a title and a source stay what they are: no markup, no script', () => {
  const hostile = `"><script>alert(1)</script>'\\`;
  for (const { kind, code } of snippetsOf(embedded({ title: hostile, source: `https://example.com/${hostile}` }))) {
    expect([kind, code.includes('<script>alert')]).toEqual([kind, false]);
  }
});

test('a stream goes to hls.js as it is, a file does not', () => {
  const streamed = embedded({ source: 'https://example.com/a.m3u8' });
  expect(codeOf('hlsjs', streamed)).toContain("const stream = 'https://example.com/a.m3u8';");
  expect(codeOf('hlsjs', embedded({}))).toContain("const stream = 'https://YOUR-SITE/YOUR-STREAM.m3u8';");
});

test('a video without a source has no frame to play it in, and a place for the source elsewhere', () => {
  const snippets = snippetsOf(embedded({ source: null }));
  expect(snippets.map(({ kind }) => kind)).not.toContain('iframe');
  expect(codeOf('html', embedded({ source: null }))).toContain('src="https://YOUR-SITE/YOUR-CLIP.mp4"');
});
