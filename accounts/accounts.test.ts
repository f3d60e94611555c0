// Accounts from the set-up link to the second factor, on a real database.
import { createOTP } from '@better-auth/utils/otp';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { ChannelId } from '#db/schema.ts';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { makeVideos } from '#test/factories.ts';
import type { Accounts } from './accounts.ts';
import { actorOf } from './actor.ts';
import { openAuth } from './auth.ts';
import { changePassword } from './change-password.ts';
import { invite, mintResetLink, mintSetUpLink, readLink } from './links.ts';
import { changeMember, listMembers, removeMember } from './members.ts';
import { beginSecondFactor, endSecondFactor, verifyCode } from './second-factor.ts';
import { signIn, signOut } from './sign-in.ts';
import { takeAttempt } from './sign-in-limit.ts';
import { join, resetPassword } from './use-link.ts';

const secret = 'a secret of at least thirty-two characters';
const password = 'correct horse battery';
let now: Date;
let database: TestDatabase;
let accounts: Accounts;

beforeAll(async () => {
  database = await freshDatabase();
  const auth = openAuth(database.db, { secret, url: 'http://127.0.0.1:3000' });
  accounts = { auth, sql: database.sql, secret };
  await makeVideos(database.sql, ['tide']);
  await makeVideos(database.sql, ['reef'], 'quarry');
});
beforeEach(async () => {
  now = new Date();
  await database.sql`truncate users, sessions, credentials, verifications, two_factors, channel_members, account_links, sign_in_failures`;
});
afterAll(() => database.close());

const inMinutes = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
const come = (email: string, given = password, address = '192.0.2.1') =>
  signIn(accounts, { email, password: given, address }, now);

/** What a browser would send after these Set-Cookie headers. */
function browserWith(cookies: string[]): Headers {
  return new Headers({ cookie: cookies.map((cookie) => cookie.split(';')[0]).join('; ') });
}

async function setUp(): Promise<void> {
  const token = await mintSetUpLink(database.sql, now);
  const made = await join(accounts, token ?? '', { name: 'Ada', email: 'Ada@example.com', password }, now);
  expect(made).toEqual({ status: 'done', email: 'ada@example.com' });
}

async function makeCreator(channels: ChannelId[] = [1 as ChannelId]): Promise<void> {
  const token = await invite(database.sql, { email: 'Cy@example.com', role: 'creator', channels, by: 'command' }, now);
  await join(accounts, token, { name: 'Cy', email: '', password }, now);
}

async function signedIn(email: string): Promise<Headers> {
  const found = await come(email);
  if (found.status !== 'signed_in') throw new Error(`It is ${found.status}.`);
  return browserWith(found.cookies);
}

async function codeFor(uri: string): Promise<string> {
  const encoded = new URL(uri).searchParams.get('secret') ?? '';
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...encoded.replace(/=+$/, '')]
    .map((one) => alphabet.indexOf(one).toString(2).padStart(5, '0'))
    .join('');
  const bytes = bits.match(/.{8}/g)?.map((byte) => Number.parseInt(byte, 2)) ?? [];
  return createOTP(String.fromCharCode(...bytes)).totp();
}

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
  expect(refused).toEqual({ status: 'invalid', problem: expect.stringContaining(problem) });
  expect(await join(accounts, token, ada, now)).toMatchObject({ status: 'done' });
});

test('a creator who was invited is a member of the channels named, under the e-mail of the invitation', async () => {
  await setUp();
  await makeCreator();
  const headers = await signedIn('cy@example.com');
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
  await setUp();
  expect(await come('ada@example.com', 'a wrong password')).toEqual({ status: 'refused' });
  expect(await come('nobody@example.com', 'a wrong password')).toEqual({ status: 'refused' });
  expect(await come('not an address', 'a wrong password')).toEqual({ status: 'refused' });
});

test('an account that is guessed at from many addresses is limited, and open again after a while', async () => {
  await setUp();
  const tries = Array.from({ length: 12 }, (_, n) => come('ada@example.com', `guess number ${n}`, `192.0.2.${n}`));
  const statuses = (await Promise.all(tries)).map(({ status }) => status);
  expect(statuses.filter((status) => status === 'limited')).toHaveLength(2);
  // Also with the right password: which one it was must not be told.
  expect(await come('ada@example.com')).toMatchObject({ status: 'limited', waitSeconds: expect.any(Number) });
  now = inMinutes(16);
  expect(await come('ada@example.com')).toMatchObject({ status: 'signed_in' });
});

test('an address that guesses at many accounts is limited, others are not', async () => {
  await setUp();
  const from = (address: string, n: number) =>
    takeAttempt(database.sql, secret, { email: `${n}@example.com`, address }, now);
  const waits = await Promise.all(Array.from({ length: 52 }, (_, n) => from('192.0.2.9', n)));
  expect(waits.filter((seconds) => seconds > 0)).toHaveLength(2);
  expect(await come('ada@example.com', password, '192.0.2.9')).toMatchObject({ status: 'limited' });
  expect(await come('ada@example.com', password, '192.0.2.10')).toMatchObject({ status: 'signed_in' });
});

test('each sign-in has a session of its own, whatever cookie came before it, and signing out ends it', async () => {
  await setUp();
  const [one, other] = [await signedIn('ada@example.com'), await signedIn('ada@example.com')];
  expect(one.get('cookie')).not.toEqual(other.get('cookie'));
  const planted = new Headers({ cookie: 'boxoffice.session_token=planted.signature' });
  expect(await actorOf(accounts, planted)).toEqual({ kind: 'nobody' });
  expect((await signOut(accounts, one)).join()).toMatch(/Max-Age=0/i);
  expect(await actorOf(accounts, one)).toEqual({ kind: 'nobody' });
  expect(await actorOf(accounts, other)).toMatchObject({ role: 'admin' });
});

test('cookies are out of reach of scripts and other sites', async () => {
  await setUp();
  const found = await come('ada@example.com');
  const [cookie = ''] = 'cookies' in found ? found.cookies : [];
  expect(cookie).toMatch(/^boxoffice\.session_token=.+HttpOnly/);
  expect(cookie).toMatch(/SameSite=Lax/);
  expect(cookie).not.toMatch(/Secure/);
  const behindHttps = { ...accounts, auth: openAuth(database.db, { secret, url: 'https://boxoffice.example' }) };
  const secure = await signIn(behindHttps, { email: 'ada@example.com', password, address: '192.0.2.1' }, now);
  expect('cookies' in secure && secure.cookies[0]).toMatch(/^__Secure-boxoffice\.session_token=.+Secure/);
});

test('a changed password ends every other session, a reset one all of them', async () => {
  await setUp();
  const [here, elsewhere] = [await signedIn('ada@example.com'), await signedIn('ada@example.com')];
  const wrong = { current: 'not the password', next: 'another horse battery', email: 'ada@example.com' };
  expect(await changePassword(accounts, here, wrong)).toEqual({ status: 'wrong_password' });
  const changed = await changePassword(accounts, here, { ...wrong, current: password });
  expect(changed.status).toBe('changed');
  expect(await actorOf(accounts, elsewhere)).toEqual({ kind: 'nobody' });
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

test('with a second factor the password alone opens nothing', async () => {
  await setUp();
  const headers = await signedIn('ada@example.com');
  expect(await beginSecondFactor(accounts, headers, 'not the password')).toEqual({ status: 'wrong_password' });
  const begun = await beginSecondFactor(accounts, headers, password);
  if (begun.status !== 'begun') throw new Error(`It is ${begun.status}.`);
  expect(begun.backupCodes).toHaveLength(10);
  // Not on before a code of it was seen.
  expect(await come('ada@example.com')).toMatchObject({ status: 'signed_in' });
  expect(await verifyCode(accounts, headers, '000000')).toEqual({ status: 'wrong_code' });
  expect(await verifyCode(accounts, headers, await codeFor(begun.uri))).toMatchObject({ status: 'verified' });

  const half = await come('ada@example.com');
  if (half.status !== 'second_factor') throw new Error(`It is ${half.status}.`);
  const waiting = browserWith(half.cookies);
  expect(await actorOf(accounts, waiting)).toEqual({ kind: 'nobody' });
  expect(await verifyCode(accounts, waiting, '000000')).toEqual({ status: 'wrong_code' });
  const verified = await verifyCode(accounts, waiting, await codeFor(begun.uri));
  if (verified.status !== 'verified') throw new Error(`It is ${verified.status}.`);
  expect(await actorOf(accounts, browserWith(verified.cookies))).toMatchObject({ role: 'admin' });
  // The same step cannot be taken twice.
  expect((await verifyCode(accounts, waiting, await codeFor(begun.uri))).status).not.toBe('verified');
});

test('a backup code works once, and tries are few', async () => {
  await setUp();
  const headers = await signedIn('ada@example.com');
  const begun = await beginSecondFactor(accounts, headers, password);
  if (begun.status !== 'begun') throw new Error(`It is ${begun.status}.`);
  const verified = await verifyCode(accounts, headers, await codeFor(begun.uri));
  const [code = ''] = begun.backupCodes;
  const waiting = async () => {
    const half = await come('ada@example.com');
    return browserWith('cookies' in half ? half.cookies : []);
  };
  expect(await verifyCode(accounts, await waiting(), code)).toMatchObject({ status: 'verified' });
  expect(await verifyCode(accounts, await waiting(), code)).toMatchObject({ status: 'wrong_code' });
  const guessing = await waiting();
  const guesses: string[] = [];
  for (let n = 0; n < 8; n++) guesses.push((await verifyCode(accounts, guessing, '123456')).status);
  expect(guesses.at(-1)).toBe('start_again');
  const on = browserWith('cookies' in verified ? verified.cookies : []);
  expect(await endSecondFactor(accounts, on, 'not the password')).toBe(false);
  expect(await endSecondFactor(accounts, on, password)).toBe(true);
  expect(await come('ada@example.com')).toMatchObject({ status: 'signed_in' });
});

test('a role that is taken away is gone with the next request, an account with its sessions', async () => {
  await setUp();
  await makeCreator();
  const headers = await signedIn('cy@example.com');
  const [ada, cy] = await listMembers(database.sql);
  expect(cy).toMatchObject({ channels: ['harbour'], hasSecondFactor: false });
  const changed = await changeMember(database.sql, cy?.id ?? '', { role: 'creator', channels: [2 as ChannelId] });
  expect(changed).toEqual({ status: 'changed' });
  expect(await actorOf(accounts, headers)).toMatchObject({ channels: new Set([2]) });
  expect(await removeMember(database.sql, cy?.id ?? '')).toEqual({ status: 'changed' });
  expect(await actorOf(accounts, headers)).toEqual({ kind: 'nobody' });
  expect(await removeMember(database.sql, cy?.id ?? '')).toEqual({ status: 'unknown' });
  expect(await removeMember(database.sql, ada?.id ?? '')).toEqual({ status: 'last_admin' });
  const demoted = await changeMember(database.sql, ada?.id ?? '', { role: 'analyst', channels: [] });
  expect(demoted).toEqual({ status: 'last_admin' });
});
