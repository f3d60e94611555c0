// Accounts from the set-up link on, on a real database.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { browserWith, emptyAccounts, makeCreator, openAccounts, password, setUp, signedIn } from '#test/accounts.ts';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { makeVideos } from '#test/factories.ts';
import { secret } from '#test/secret.ts';
import type { Accounts } from './accounts.ts';
import { actorOf } from './actor.ts';
import { auditLog } from './audit-log.ts';
import { changePassword } from './change-password.ts';
import { mintResetLink, mintSetUpLink, readLink } from './links.ts';
import { listMembers } from './members.ts';
import { readOwnAccount, renameAccount } from './own-account.ts';
import { recordSecondFactor } from './record-second-factor.ts';
import { signIn, signOut } from './sign-in.ts';
import { takeAttempt } from './sign-in-limit.ts';
import { join, resetPassword } from './use-link.ts';

let now: Date;
let database: TestDatabase;
let accounts: Accounts;

beforeAll(async () => {
  database = await freshDatabase();
  accounts = openAccounts(database);
  await makeVideos(database.sql, ['tide']);
  await makeVideos(database.sql, ['reef'], 'quarry');
});
beforeEach(async () => {
  now = new Date();
  await emptyAccounts(accounts);
});
afterAll(() => database.close());

const inMinutes = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
const come = (email: string, given = password, address = '192.0.2.1') =>
  signIn(accounts, { email, password: given, address }, now);

test('the set-up link makes the first admin, once, and there is none after it', async () => {
  const first = await mintSetUpLink(database.sql, now);
  const second = await mintSetUpLink(database.sql, now);
  expect(await readLink(database.sql, first ?? '', now)).toBeUndefined();
  const ada = { name: 'Ada', email: 'ada@example.com', password };
  const tries = [1, 2, 3].map(() => join(accounts, second ?? '', ada, now));
  expect((await Promise.all(tries)).map(({ status }) => status).sort()).toEqual(['done', 'gone', 'gone']);
  expect(await listMembers(database.sql)).toMatchObject([{ name: 'Ada', email: 'ada@example.com', role: 'admin' }]);
  expect(await mintSetUpLink(database.sql, now)).toBeUndefined();
});

test('a link that is over, or that nobody minted, makes nothing', async () => {
  const token = await mintSetUpLink(database.sql, now);
  const given = { name: 'Ada', email: 'ada@example.com', password };
  expect(await join(accounts, token ?? '', given, inMinutes(24 * 60 + 1))).toEqual({ status: 'gone' });
  expect(await join(accounts, 'made-up', given, now)).toEqual({ status: 'gone' });
});

test.each([
  [{ name: ' ' }, 'Tell the name'],
  [{ email: 'ada' }, 'name@example.com'],
  [{ password: 'short' }, '12 characters or more'],
  [{ password: 'aaaaaaaaaaaaaaaa' }, 'different characters'],
  [{ password: 'it is ada@example.com' }, 'without your e-mail'],
])('what is wrong (%o) is told, and the link still works', async (wrong, problem) => {
  const token = (await mintSetUpLink(database.sql, now)) ?? '';
  const ada = { name: 'Ada', email: 'ada@example.com', password };
  const refused = await join(accounts, token, { ...ada, ...wrong }, now);
  expect(refused).toEqual({
    status: 'invalid',
    field: Object.keys(wrong)[0],
    problem: expect.stringContaining(problem),
  });
  expect(await join(accounts, token, ada, now)).toMatchObject({ status: 'done' });
});

test('a creator who was invited is a member of the channels named, under the e-mail of the invitation', async () => {
  await setUp(accounts, now);
  await makeCreator(accounts, now);
  const headers = await signedIn(accounts, 'cy@example.com', now);
  expect(await actorOf(accounts, headers)).toMatchObject({ kind: 'user', role: 'creator', channels: new Set([1]) });
});

test('only the hashes of tokens and passwords are in the database, and no address', async () => {
  const token = (await mintSetUpLink(database.sql, now)) ?? '';
  await join(accounts, token, { name: 'Ada', email: 'ada@example.com', password }, now);
  await come('ada@example.com', password, '203.0.113.77');
  await come('ada@example.com', 'a wrong password', '203.0.113.77');
  const kept = JSON.stringify([
    await database.sql`select * from account_links`,
    await database.sql`select * from credentials`,
    await database.sql`select * from sessions`,
    await database.sql`select * from sign_in_failures`,
  ]);
  for (const planted of [token, password, '203.0.113.77']) expect(kept).not.toContain(planted);
  expect(kept.length).toBeGreaterThan(500);
});

test('a wrong password and an unknown e-mail are refused alike', async () => {
  await setUp(accounts, now);
  expect(await come('ada@example.com', 'a wrong password')).toEqual({ status: 'refused' });
  expect(await come('nobody@example.com', 'a wrong password')).toEqual({ status: 'refused' });
  expect(await come('not an address', 'a wrong password')).toEqual({ status: 'refused' });
});

test('an account that is guessed at from many addresses is limited, and open again after a while', async () => {
  await setUp(accounts, now);
  const tries = Array.from({ length: 12 }, (_, n) => come('ada@example.com', `guess number ${n}`, `192.0.2.${n}`));
  const statuses = (await Promise.all(tries)).map(({ status }) => status);
  expect(statuses.filter((status) => status === 'limited')).toHaveLength(2);
  // Also with the right password: which one it was must not be told.
  expect(await come('ada@example.com')).toMatchObject({ status: 'limited', waitSeconds: expect.any(Number) });
  now = inMinutes(16);
  expect(await come('ada@example.com')).toMatchObject({ status: 'signed_in' });
});

test('an address that guesses at many accounts is limited, others are not', async () => {
  await setUp(accounts, now);
  const from = (address: string, n: number) =>
    takeAttempt(database.sql, secret, { email: `${n}@example.com`, address }, now);
  const waits = await Promise.all(Array.from({ length: 52 }, (_, n) => from('192.0.2.9', n)));
  expect(waits.filter((seconds) => seconds > 0)).toHaveLength(2);
  expect(await come('ada@example.com', password, '192.0.2.9')).toMatchObject({ status: 'limited' });
  expect(await come('ada@example.com', password, '192.0.2.10')).toMatchObject({ status: 'signed_in' });
});

test('each sign-in has a session of its own, whatever cookie came before it, and signing out ends it', async () => {
  await setUp(accounts, now);
  const [one, other] = [
    await signedIn(accounts, 'ada@example.com', now),
    await signedIn(accounts, 'ada@example.com', now),
  ];
  expect(one.get('cookie')).not.toEqual(other.get('cookie'));
  const planted = new Headers({ cookie: 'boxoffice.session_token=planted.signature' });
  expect(await actorOf(accounts, planted)).toEqual({ kind: 'nobody' });
  expect((await signOut(accounts, one)).join()).toMatch(/Max-Age=0/i);
  expect(await actorOf(accounts, one)).toEqual({ kind: 'nobody' });
  expect(await actorOf(accounts, other)).toMatchObject({ role: 'admin' });
});

test('cookies are out of reach of scripts and other sites', async () => {
  await setUp(accounts, now);
  const found = await come('ada@example.com');
  const [cookie = ''] = 'cookies' in found ? found.cookies : [];
  expect(cookie).toMatch(/^boxoffice\.session_token=.+HttpOnly/);
  expect(cookie).toMatch(/SameSite=Lax/);
  expect(cookie).not.toMatch(/Secure/);
  const behindHttps = openAccounts(database, 'https://boxoffice.example');
  const secure = await signIn(behindHttps, { email: 'ada@example.com', password, address: '192.0.2.1' }, now);
  expect('cookies' in secure && secure.cookies[0]).toMatch(/^__Secure-boxoffice\.session_token=.+Secure/);
});

test('a changed password ends every other session, a reset one all of them', async () => {
  await setUp(accounts, now);
  const [here, elsewhere] = [
    await signedIn(accounts, 'ada@example.com', now),
    await signedIn(accounts, 'ada@example.com', now),
  ];
  const wrong = { current: 'not the password', next: 'another horse battery', email: 'ada@example.com' };
  expect(await changePassword(accounts, here, wrong, now)).toEqual({ status: 'wrong_password' });
  const changed = await changePassword(accounts, here, { ...wrong, current: password }, now);
  expect(changed.status).toBe('changed');
  expect(await actorOf(accounts, elsewhere)).toEqual({ kind: 'nobody' });
  const [entry] = await auditLog(database.sql, { action: 'account.change_password' }, 9);
  expect(entry).toMatchObject({ who: 'Ada', subject: 'account:ada@example.com', before: null, after: null });
  const kept = browserWith('cookies' in changed ? changed.cookies : []);
  expect(await actorOf(accounts, kept)).toMatchObject({ role: 'admin' });

  const token = (await mintResetLink(database.sql, 'ADA@example.com', 'command', now)) ?? '';
  expect(await resetPassword(accounts, token, 'short', now)).toMatchObject({ status: 'invalid' });
  expect(await resetPassword(accounts, token, password, now)).toMatchObject({ status: 'done' });
  expect(await resetPassword(accounts, token, password, now)).toEqual({ status: 'gone' });
  expect(await actorOf(accounts, kept)).toEqual({ kind: 'nobody' });
  expect(await come('ada@example.com')).toMatchObject({ status: 'signed_in' });
  expect(await mintResetLink(database.sql, 'nobody@example.com', 'command', now)).toBeUndefined();
});

test('what somebody changes of their own account is in the audit log, where it is another than before', async () => {
  await setUp(accounts, now);
  await database.sql`truncate audit_entries`;
  const [ada] = await database.sql<[{ id: string }]>`select id from users`;
  await renameAccount(database.sql, ada.id, 'Ada', now);
  await renameAccount(database.sql, ada.id, 'Ada L.', now);
  // Nothing came of it: a code was wrong, or was a backup code.
  await recordSecondFactor(database.sql, ada.id, false, now);
  await database.sql`update users set two_factor_enabled = true`;
  await recordSecondFactor(database.sql, ada.id, false, now);
  await database.sql`update users set two_factor_enabled = false`;
  await recordSecondFactor(database.sql, ada.id, true, now);
  expect(await readOwnAccount(database.sql, ada.id, now)).toMatchObject({ name: 'Ada L.' });
  const by = { who: 'Ada L.', subject: 'account:ada@example.com' };
  const [off, on] = [{ hasSecondFactor: false }, { hasSecondFactor: true }];
  expect(await auditLog(database.sql, {}, 9)).toMatchObject([
    { ...by, action: 'account.end_second_factor', before: on, after: off },
    { ...by, action: 'account.begin_second_factor', before: off, after: on },
    { ...by, action: 'account.rename', before: { name: 'Ada' }, after: { name: 'Ada L.' } },
  ]);
});
