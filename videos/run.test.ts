import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { freshDatabase, type TestDatabase } from '#test/database.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await freshDatabase();
});
beforeEach(() => database.sql`truncate channels, allowed_origins, videos, video_views`);
afterAll(() => database.close());

async function command(...args: string[]): Promise<{ code: number; output: string }> {
  // Vitest has a BASE_URL of its own.
  const env = { ...process.env, BASE_URL: '', DATABASE_URL: database.url, PORT: '4321' };
  const child = spawn(process.execPath, [path.join(import.meta.dirname, 'run.ts'), ...args], { env });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  const [code] = await once(child, 'close');
  return { code, output };
}

const stored = () => database.sql`
  select c.handle, v.key, v.title, v.source_url, v.duration_seconds, v.published_at::text
  from videos v join channels c on c.id = v.channel_id order by v.key`;

const tide = {
  ...{ handle: 'harbour', key: 'tide', title: 'The tide', source_url: '/clip.webm', duration_seconds: 61 },
  published_at: '2026-01-31 11:00:00+00',
};
const makeTide = () =>
  command(
    ...['tide', '--channel', 'harbour', '--title', 'The tide', '--source', '/clip.webm'],
    ...['--duration', '61', '--published', '2026-01-31T12:00:00+01:00'],
  );

test('a video is made with its channel, and the addresses of its pages are told', async () => {
  const { code, output } = await makeTide();
  expect(output).toMatch(/^Made tide in the new channel harbour\.\n/);
  for (const page of ['videos', 'embed', 'watch']) expect(output).toContain(`http://127.0.0.1:4321/${page}/tide\n`);
  expect(code).toBe(0);
  expect(await stored()).toEqual([tide]);
});

test('its key is the title and now the time of publication unless told; the channel may be there', async () => {
  await makeTide();
  const { output } = await command('storm', '--channel', 'harbour');
  expect(output).toMatch(/^Made storm in the channel harbour\.\n/);
  expect(output).toContain('nothing to play (npm run video -- storm --source URL)');
  const [storm] = await stored();
  expect(storm).toMatchObject({ handle: 'harbour', title: 'storm', source_url: null, duration_seconds: null });
  const ageMs = Date.now() - Date.parse(storm?.published_at);
  expect(ageMs).toBeGreaterThanOrEqual(0);
  expect(ageMs).toBeLessThan(60_000);
});

test('of a video that exists only what is named changes', async () => {
  await makeTide();
  const { code, output } = await command('tide', '--source', 'https://films.example/tide.mp4');
  expect(output).toMatch(/^Changed tide\. It is now:\n/);
  expect(code).toBe(0);
  expect(await stored()).toEqual([{ ...tide, source_url: 'https://films.example/tide.mp4' }]);
  expect((await command('tide', '--channel', 'harbour')).output).toMatch(/^tide is there already/);
  const { count: entries } = await database.sql`select from audit_entries where action = 'video.change'`;
  const asItIs = await command('tide', '--title', 'The tide', '--duration', '61');
  expect(asItIs.output).toMatch(/^tide is there already, and nothing of it is to change:\n/);
  expect(await database.sql`select from audit_entries where action = 'video.change'`).toHaveLength(entries);
});

test('another channel than the one it has is refused, and nothing is changed', async () => {
  await makeTide();
  const { code, output } = await command('tide', '--channel', 'quarry', '--title', 'The ebb');
  expect(output).toMatch(/The video tide is in the channel harbour, not in quarry/);
  expect(code).toBe(1);
  expect(await stored()).toEqual([tide]);
  expect(await database.sql`select handle from channels`).toEqual([{ handle: 'harbour' }]);
});

test('without a channel nothing is made', async () => {
  const { code, output } = await command('tide', '--title', 'The tide');
  expect(output).toMatch(/There is no video tide\. Add --channel HANDLE/);
  expect(code).toBe(1);
  expect(await stored()).toEqual([]);
});

test('what is wrong is told by the name of its option, all at once', async () => {
  const { code, output } = await command(
    ...['a/b', '--channel', 'Big Harbour', '--title', ' ', '--source', 'clip.mp4'],
    ...['--duration', '1:30', '--published', 'yesterday'],
  );
  expect(output.trim().split('\n')).toEqual([
    'The options need attention:',
    '  KEY: should be 1 to 128 of A-Z a-z 0-9 _ ~ . -',
    '  --channel: should be 1 to 63 of a-z 0-9 -, and not begin with -',
    '  --title: should not be empty',
    '  --source: should look like https://example.com/clip.mp4, or /clip.mp4 on this server',
    '  --duration: should be a whole number of seconds',
    '  --published: should look like 2026-01-31T12:00:00Z',
  ]);
  expect(code).toBe(1);
  expect((await command('tide', '--channel', 'harbour', '--duration', '0')).output).toContain(
    '--duration: should be more than 0',
  );
});

test('a key that begins with - comes last, after --', async () => {
  const { output } = await command('--channel', 'harbour', '--', '-tide');
  expect(output).toContain('nothing to play (npm run video -- --source URL -- -tide)');
  expect(await stored()).toMatchObject([{ key: '-tide' }]);
});

test('a running server is told of a change', async () => {
  const told: string[] = [];
  const { unlisten } = await database.sql.listen('boxoffice_videos', (key) => told.push(key));
  await makeTide();
  await command('tide', '--title', 'The ebb');
  await expect.poll(() => told).toEqual(['tide', 'tide']);
  await unlisten();
});

test('a sheet is shown first, done with --apply, and told by the line where it is wrong', async () => {
  await makeTide();
  const folder = await mkdtemp(path.join(tmpdir(), 'boxoffice-sheet-'));
  try {
    const file = path.join(folder, 'videos.csv');
    await writeFile(file, 'key,channel,title\ntide,,The ebb\nflood,harbour,\n');
    expect(await command('--file', file)).toEqual({
      code: 0,
      output:
        '  line 2: change tide: title The tide → The ebb\n  line 3: create flood in harbour: title flood\n' +
        '1 to create, 1 to change.\nNothing was done yet: add --apply.\n',
    });
    expect(await stored()).toEqual([tide]);
    expect((await command('--file', file, '--apply')).output).toBe('Done: 1 created, 1 changed.\n');
    expect(await stored()).toMatchObject([{ key: 'flood' }, { key: 'tide', title: 'The ebb' }]);
    await writeFile(file, 'key\nlost\n');
    expect(await command('--file', file, '--apply')).toEqual({
      code: 1,
      output: '1 line is wrong, so nothing is done.\n  line 2: there is no video lost: a new one needs a channel\n',
    });
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('--help lists the options', async () => {
  const { code, output } = await command('--help');
  expect(output).toMatch(/^npm run video -- KEY --channel HANDLE/);
  expect(code).toBe(0);
});
