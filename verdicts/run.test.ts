import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { makeVideos } from '#test/factories.ts';
import { recordAt } from '#test/recorded-views.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await freshDatabase('UTC');
  await makeVideos(database.sql, ['tide']);
  await recordAt(database, [{ video: 'tide', at: '2026-03-10T12:00:00Z', people: 3 }], '2026-03-11T08:00:00.000Z');
});

afterAll(() => database.close());

async function command(...args: string[]): Promise<{ code: number; output: string }> {
  const env = { ...process.env, BASE_URL: '', DATABASE_URL: database.url };
  const child = spawn(process.execPath, [path.join(import.meta.dirname, 'run.ts'), ...args], { env });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  const [code] = await once(child, 'close');
  return { code, output };
}

const hour = ['--from', '2026-03-10T13:00:00+01:00', '--to', '2026-03-10T13:00:00Z'];

test('a time is set aside, listed, held against another change, and taken back', async () => {
  expect(await command('list', 'tide')).toEqual({ code: 0, output: 'Every view of tide counts as it was recorded.\n' });
  expect(await command('set-aside', 'tide', ...hour, '--why', 'A flood.')).toEqual({
    code: 0,
    output: 'Change 1: 3 views of tide were set aside. npm run verdict -- reverse tide 1 takes it back.\n',
  });
  expect((await command('list', 'tide')).output).toMatch(
    /^1 {2}2026-03-10T12:00:00\.000Z to 2026-03-10T13:00:00\.000Z: set aside, 3 views, by command line at .+Z: A flood\.\n$/,
  );
  expect(await command('release', 'tide', ...hour, '--why', 'A crowd.')).toEqual({
    code: 1,
    output: 'Change 1 holds for a part of that time: reverse it first. Nothing was changed.\n',
  });
  expect((await command('reverse', 'tide', '1')).output).toBe(
    'Reversed change 1 of tide: 3 views count as they were recorded again.\n',
  );
  expect((await command('list', 'tide')).output).toMatch(/; reversed by command line at .+Z: A flood\.\n$/);
});

test('what is wrong with the options is said at once', async () => {
  const { code, output } = await command('set-aside', 'tide', '--from', 'noon', '--to', '2026-03-10T13:00:00Z');
  expect(code).toBe(1);
  expect(output).toBe(
    'The options need attention:\n  --from: should be a time such as 2026-01-31T12:00:00Z\n  --why: should say why\n',
  );
  expect((await command('forgive', 'tide')).output).toMatch(/^Say what to do: set-aside, release, reverse or list\./);
  expect((await command('reverse', 'none', '1')).output).toBe(
    'There is no such change, or it was reversed before. Nothing was changed.\n',
  );
});
