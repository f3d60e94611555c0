import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { makeVideos } from '#test/factories.ts';
import { auditLog } from './audit-log.ts';
import { parseOptions } from './key-options.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await freshDatabase();
  await makeVideos(database.sql, ['tide']);
  await makeVideos(database.sql, ['granite'], 'quarry');
});
beforeEach(() => database.sql`truncate api_keys`);
afterAll(() => database.close());

async function command(...args: string[]): Promise<{ code: number; output: string }> {
  const env = { ...process.env, BASE_URL: '', DATABASE_URL: database.url };
  const child = spawn(process.execPath, [path.join(import.meta.dirname, 'run-key.ts'), ...args], { env });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  const [code] = await once(child, 'close');
  return { code, output };
}

const stored = () => database.sql`select * from api_keys`;

test('a key is shown once, and nothing that is kept gives it away', async () => {
  const { code, output } = await command('create', 'The platform', '--scope', 'views:write', '--scope', 'live:write');
  expect(code).toBe(0);
  const [key = '', prefix = ''] = /(bo_[0-9a-f]{8})_([A-Za-z0-9_-]{43})/.exec(output) ?? [];
  const rows = await stored();
  expect(rows).toMatchObject([
    { name: 'The platform', prefix, scopes: ['views:write', 'live:write'], channel_ids: null, expires_at: null },
  ]);
  expect(JSON.stringify(rows)).not.toContain(key.slice(prefix.length + 1));
  const list = (await command('list')).output;
  expect(list).toMatch(new RegExp(`^${prefix}  valid    The platform\n +views:write live:write\n +every channel\n`));
  expect(list).not.toContain(key.slice(prefix.length + 1));
});

test('a key may be for some channels, and until some time', async () => {
  const given = ['--channel', 'quarry', '--channel', 'harbour', '--expires', '2999-01-01'];
  await command('create', 'The platform', '--scope', 'views:write', ...given);
  const { output } = await command('list');
  expect(output).toContain('channels harbour quarry\n');
  expect(output).toContain('expires 2999-01-01T00:00:00Z');
  const { code, output: refusal } = await command('create', 'x', '--scope', 'views:write', '--channel', 'nowhere');
  expect(refusal).toBe('There is no channel nowhere: no key was made.\n');
  expect(code).toBe(1);
  expect(await stored()).toHaveLength(1);
});

test('a key is revoked by its prefix, once and for good', async () => {
  const { output } = await command('create', 'The platform', '--scope', 'views:write');
  const prefix = /bo_[0-9a-f]{8}/.exec(output)?.[0] ?? '';
  expect((await command('revoke', prefix)).output).toMatch(`Revoked ${prefix}.`);
  expect((await command('revoke', prefix)).output).toBe(`${prefix} was revoked before.\n`);
  expect((await command('list')).output).toContain(`${prefix}  revoked  The platform`);
  const log = await auditLog(database.sql, { subject: prefix }, 9);
  expect(log.map(({ who, action }) => [who, action])).toEqual([
    ['command line', 'key.revoke'],
    ['command line', 'key.create'],
  ]);
  expect(JSON.stringify(log)).not.toContain(/bo_[0-9a-f]{8}_[\w-]{43}/.exec(output)?.[0].slice(12));
  const unknown = await command('revoke', 'bo_00000000');
  expect(unknown).toEqual({
    code: 1,
    output: 'There is no key bo_00000000. npm run key -- list shows those there are.\n',
  });
});

test('what is wrong is told by the name of its option, all at once', async () => {
  const { code, output } = await command('create', ' ', '--channel', 'The Harbour', '--expires', 'soon');
  expect(output.trim().split('\n')).toEqual([
    'The options need attention:',
    '  NAME: should not be empty',
    '  --scope: should be given, such as --scope views:write',
    '  --channel: should be 1 to 63 of a-z 0-9 -, and not begin with -',
    '  --expires: should look like 2027-01-01 or 2027-01-01T12:00:00Z',
  ]);
  expect(code).toBe(1);
  expect(await stored()).toEqual([]);
  const parse =
    (...args: string[]) =>
    () =>
      parseOptions(args, Date.parse('2026-03-10T12:00:00Z'));
  const create = ['create', 'x', '--scope'];
  expect(parse(...create, 'all')).toThrow('--scope: should be views:write, identify:write, reports:read or live:write');
  expect(parse(...create, 'views:write', '--expires', '2026-03-10')).toThrow('--expires: should be in the future');
  expect(parse('revoke', 'platform')).toThrow('PREFIX: should look like bo_1a2b3c4d');
  for (const args of [[], ['create'], ['create', 'two', 'names'], ['list', '--scope', 'views:write'], ['revoke']]) {
    expect(parse(...args)).toThrow(/^Say what to do: create NAME/);
  }
});
