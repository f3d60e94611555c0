import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { parseOptions } from './options.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await freshDatabase();
});
beforeEach(() => database.sql`truncate channels cascade`);
afterAll(() => database.close());

async function command(...args: string[]): Promise<{ code: number; output: string }> {
  const env = { ...process.env, BASE_URL: '', DATABASE_URL: database.url };
  const child = spawn(process.execPath, [path.join(import.meta.dirname, 'run.ts'), ...args], { env });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  const [code] = await once(child, 'close');
  return { code, output };
}

const stored = () => database.sql`
  select c.handle, c.name, array(select pattern from allowed_origins where channel_id = c.id order by 1) as origins
  from channels c order by c.handle`;

test('a channel is made, named and given a list of sites, which is shown', async () => {
  const { code, output } = await command('harbour');
  expect(output).toBe(
    'Made the channel harbour.\n  name          harbour\n  counted from  every site\n' +
      '  first views   make no video\n  own views     of members who are signed in are not counted\n',
  );
  expect(code).toBe(0);
  await command('harbour', '--name', 'The harbour', '--origin', 'WWW.Example.com', '--origin', '*.bücher.example');
  const { output: changed } = await command('harbour', '--origin', 'none', '--no-origin', 'https://example.com/');
  expect(changed).toMatch(/^Changed harbour\. It is now:\n/);
  expect(changed).toContain('counted from  *.xn--bcher-kva.example, none, our own pages and frames\n');
  expect(await stored()).toEqual([
    { handle: 'harbour', name: 'The harbour', origins: ['*.xn--bcher-kva.example', 'none'] },
  ]);
  expect((await command('harbour')).output).toMatch(/^harbour is so already:\n {2}name +The harbour\n/);
});

test('a site that is not on the list cannot be taken off it, and nothing is changed', async () => {
  await command('harbour', '--origin', 'example.com');
  const refused = await command('harbour', '--name', 'Other', '--no-origin', 'example.org');
  const output = 'example.org is not on the list of harbour, and nothing was changed. On it: example.com.\n';
  expect(refused).toEqual({ code: 1, output });
  expect((await command('quarry', '--no-origin', 'example.org')).code).toBe(1);
  expect(await stored()).toEqual([{ handle: 'harbour', name: 'harbour', origins: ['example.com'] }]);
});

test('first views may make videos once a site is named, and own views may count', async () => {
  const { code, output } = await command('harbour', '--first-view', '100');
  expect(output).toMatch(/^Nothing was changed: .* Add one to harbour with --origin SITE/);
  expect([code, await stored()]).toEqual([1, []]);
  const { output: made } = await command(
    'harbour',
    '--origin',
    'example.com',
    '--first-view',
    '100',
    '--count-own-views',
  );
  expect(made).toContain('  first views   make up to 100 videos a day\n  own views     are counted\n');
  expect(parseOptions(['harbour', '--no-first-view', '--leave-out-own-views'])?.changes.counting).toEqual({
    firstViewVideosPerDay: 0,
    leavesOutMembers: true,
  });
});

test('what is wrong is told by the name of its option, all at once', () => {
  const parse = (...args: string[]) => {
    return () => parseOptions(args);
  };
  const site = 'should be a site such as example.com or *.example.com, without a path; or none, or null';
  expect(parse('The Harbour', '--name', ' ', '--origin', 'example.com/watch', '--no-origin', '*')).toThrow(
    [
      'The options need attention:',
      '  HANDLE: should be 1 to 63 of a-z 0-9 -, and not begin with -',
      '  --name: should not be empty',
      `  --origin: example.com/watch: ${site}`,
      `  --no-origin: *: ${site}`,
    ].join('\n'),
  );
  expect(parse('harbour', '--origin', 'example.com', '--no-origin', 'www.example.com')).toThrow(
    '--no-origin: should not name what --origin names',
  );
  expect(parse('harbour', '--first-view', '0', '--count-own-views', '--leave-out-own-views')).toThrow(
    ['The options need attention:', '  --first-view: should be a number from 1 to 10000'].join('\n'),
  );
  expect(
    parse('harbour', '--first-view', '1', '--no-first-view', '--count-own-views', '--leave-out-own-views'),
  ).toThrow(
    [
      'The options need attention:',
      '  --no-first-view: should not stand beside --first-view',
      '  --leave-out-own-views: should not stand beside --count-own-views',
    ].join('\n'),
  );
  for (const args of [[], ['one', 'two']]) expect(parse(...args)).toThrow(/^Name one channel by its handle\./);
});
