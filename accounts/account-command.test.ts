import { afterAll, beforeAll, expect, test } from 'vitest';
import { openAccounts, password } from '#test/accounts.ts';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { makeVideos } from '#test/factories.ts';
import { startProcess } from '#test/process.ts';
import { parseOptions } from './account-options.ts';
import { readLink } from './links.ts';
import { listMembers } from './members.ts';
import { join, resetPassword } from './use-link.ts';

let database: TestDatabase;
const now = new Date();

beforeAll(async () => {
  database = await freshDatabase();
  await makeVideos(database.sql, ['tide']);
});
afterAll(() => database.close());

async function command(...args: string[]): Promise<{ code: unknown; said: string; token: string }> {
  const env = { DATABASE_URL: database.url, BASE_URL: 'https://box.example' };
  const run = startProcess('accounts/run-account.ts', args, env);
  const code = await run.ended;
  const token = /https:\/\/box\.example\/(?:join|reset)\/([\w-]{43})/.exec(run.said())?.[1] ?? '';
  return { code, said: run.said(), token };
}

test('the links that the command prints set up, invite and reset', async () => {
  const accounts = openAccounts(database);
  const setUp = await command('--set-up');
  await join(accounts, setUp.token, { name: 'Ada', email: 'ada@example.com', password }, now);
  const again = await command('--set-up');
  expect([again.code, again.said]).toEqual([1, expect.stringContaining('Somebody has an account already')]);

  const invited = await command('--invite', 'Cy@example.com', '--role', 'creator', '--channel', 'harbour');
  expect(await readLink(database.sql, invited.token, now)).toMatchObject({ email: 'cy@example.com', channels: [1] });
  const nowhere = await command('--invite', 'di@example.com', '--role', 'creator', '--channel', 'nowhere');
  expect([nowhere.code, nowhere.said]).toEqual([1, expect.stringContaining('no channel nowhere')]);

  const reset = await command('--reset', 'ADA@example.com');
  expect(await resetPassword(accounts, reset.token, 'another horse battery', now)).toMatchObject({ status: 'done' });
  const nobody = await command('--reset', 'nobody@example.com');
  expect([nobody.code, nobody.said]).toEqual([1, expect.stringContaining('Nobody has an account')]);
  expect((await listMembers(database.sql)).map(({ name }) => name)).toEqual(['Ada']);
});

test.each([
  [[], 'Say what to do'],
  [['--set-up', '--reset', 'a@example.com'], 'Say what to do'],
  [['--invite', 'a@example.com'], '--role should be'],
  [['--invite', 'a@example.com', '--role', 'owner'], '--role should be'],
  [['--invite', 'a@example.com', '--role', 'admin', '--channel', 'harbour'], '--channel is for creators'],
  [['--reset', 'a@example.com', '--role', 'admin'], 'belong to --invite'],
])('%j is told what to write', (args, problem) => {
  expect(() => parseOptions(args)).toThrow(problem);
});
