import { afterAll, beforeAll, expect, test } from 'vitest';
import { openAccounts, setUp, signedIn } from '#test/accounts.ts';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { ingestTasks } from '../periodic-tasks.ts';
import { actorOf } from './actor.ts';
import { invite } from './links.ts';
import { takeAttempt } from './sign-in-limit.ts';

const dayMs = 86_400_000;
let database: TestDatabase;

beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

test('what is over is forgotten at night, and what still opens or limits something stays', async () => {
  const { sql, url } = database;
  const accounts = openAccounts(database);
  const now = new Date();
  const ago = (days: number) => new Date(now.getTime() - days * dayMs);
  // Uses a link, and has a session.
  await setUp(accounts, now);
  const headers = await signedIn(accounts, 'ada@example.com', now);
  const inviteAt = (email: string, at: Date) =>
    invite(sql, { email, role: 'analyst', channels: [], by: 'command' }, at);
  await inviteAt('long-ago@example.com', ago(15));
  await inviteAt('lately-over@example.com', ago(10));
  await inviteAt('open@example.com', now);
  const tryFrom = (address: string, at: Date) =>
    takeAttempt(sql, accounts.secret, { email: `${address}@x`, address }, at);
  await tryFrom('198.51.100.1', ago(2));
  await tryFrom('192.0.2.2', now);
  await sql`
    insert into sessions (id, token, user_id, expires_at)
    select 'over', 'over', id, ${ago(1).toISOString()}::text::timestamptz from users`;
  await sql`
    insert into verifications (id, identifier, value, expires_at)
    values ('over', '2fa', '', ${ago(1).toISOString()}::text::timestamptz),
      ('open', '2fa', '', ${ago(-1).toISOString()}::text::timestamptz)`;

  const services = { url, sql, timeZone: 'UTC', policies: [], archiveFolder: undefined };
  const task = ingestTasks(services as never).find(({ name }) => name === 'old-sign-ins');
  expect(await task?.run(now, new AbortController().signal)).toBe(
    'Forgot 5 sessions, links and sign-ins that are over.',
  );

  const left = await sql`select email from account_links where purpose = 'join' order by 1`;
  expect(left.map(({ email }) => email)).toEqual(['lately-over@example.com', 'open@example.com']);
  expect((await sql`select id from verifications`).map(({ id }) => id)).toEqual(['open']);
  // Of the account and of the address that tried, and of the address that signed in.
  expect(
    (await sql`select from sign_in_failures where since >= ${ago(1).toISOString()}::text::timestamptz`).count,
  ).toBe(3);
  expect((await sql`select from sign_in_failures where since < ${ago(1).toISOString()}::text::timestamptz`).count).toBe(
    0,
  );
  expect(await actorOf(accounts, headers)).toMatchObject({ role: 'admin' });
});
