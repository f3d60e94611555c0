import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { browserWith, come, emptyAccounts, openAccounts, password, setUp, signedIn } from '#test/accounts.ts';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { codeFor } from '#test/totp.ts';
import type { Accounts } from './accounts.ts';
import { actorOf } from './actor.ts';
import { changePassword } from './change-password.ts';
import { mintResetLink } from './links.ts';
import { beginSecondFactor, endSecondFactor, takeSecondFactor, verifyCode } from './second-factor.ts';
import { signIn } from './sign-in.ts';
import { resetPassword } from './use-link.ts';

let now: Date;
let database: TestDatabase;
let accounts: Accounts;

beforeAll(async () => {
  database = await freshDatabase();
  accounts = openAccounts(database);
});
beforeEach(async () => {
  now = new Date();
  await emptyAccounts(accounts);
});
afterAll(() => database.close());

const tried = (code: string) => ({ code, address: '192.0.2.1' });

test('with a second factor the password alone opens nothing', async () => {
  await setUp(accounts, now);
  const headers = await signedIn(accounts, 'ada@example.com', now);
  expect(await beginSecondFactor(accounts, headers, 'not the password')).toEqual({ status: 'wrong_password' });
  const begun = await beginSecondFactor(accounts, headers, password);
  if (begun.status !== 'begun') throw new Error(`It is ${begun.status}.`);
  expect(begun.backupCodes).toHaveLength(10);
  // Not on before a code of it was seen.
  expect(await come(accounts, 'ada@example.com', now)).toMatchObject({ status: 'signed_in' });
  expect(await verifyCode(accounts, headers, tried('000000'))).toEqual({ status: 'wrong_code' });
  expect(await verifyCode(accounts, headers, tried(await codeFor(begun.uri)))).toMatchObject({ status: 'verified' });

  const half = await come(accounts, 'ada@example.com', now);
  if (half.status !== 'second_factor') throw new Error(`It is ${half.status}.`);
  const waiting = browserWith(half.cookies);
  expect(await actorOf(accounts, waiting)).toEqual({ kind: 'nobody' });
  expect(await verifyCode(accounts, waiting, tried('000000'))).toEqual({ status: 'wrong_code' });
  const code = await codeFor(begun.uri, 1);
  const verified = await verifyCode(accounts, waiting, tried(code));
  if (verified.status !== 'verified') throw new Error(`It is ${verified.status}.`);
  expect(await actorOf(accounts, browserWith(verified.cookies))).toMatchObject({ role: 'admin' });
  // Whoever looked over a shoulder has the password and the code.
  const sessions = await database.sql`select token from sessions order by token`;
  const again = await come(accounts, 'ada@example.com', now);
  const taken = await verifyCode(accounts, browserWith('cookies' in again ? again.cookies : []), tried(code));
  expect(taken).toEqual({ status: 'used_code' });
  expect(await database.sql`select token from sessions order by token`).toEqual(sessions);
});

test('a sign-in that waits for its code is over once the password is another', async () => {
  await setUp(accounts, now);
  const headers = await signedIn(accounts, 'ada@example.com', now);
  const begun = await beginSecondFactor(accounts, headers, password);
  if (begun.status !== 'begun') throw new Error(`It is ${begun.status}.`);
  await verifyCode(accounts, headers, tried(await codeFor(begun.uri)));
  const waiting = async (typed: string) => {
    const half = await signIn(accounts, { email: 'ada@example.com', password: typed, address: '192.0.2.1' }, now);
    return browserWith('cookies' in half ? half.cookies : []);
  };
  const [first, code] = [await waiting(password), await codeFor(begun.uri, 1)];
  const token = (await mintResetLink(database.sql, 'ada@example.com', 'command', now)) ?? '';
  expect(await resetPassword(accounts, token, 'another horse battery', now)).toMatchObject({ status: 'done' });
  expect((await verifyCode(accounts, first, tried(code))).status).toBe('start_again');
  const second = await waiting('another horse battery');
  const renewed = await verifyCode(accounts, second, tried(code));
  const signedInAgain = browserWith('cookies' in renewed ? renewed.cookies : []);
  const third = await waiting('another horse battery');
  const given = { current: 'another horse battery', next: 'a third horse battery', email: 'ada@example.com' };
  expect(await changePassword(accounts, signedInAgain, given, now)).toMatchObject({ status: 'changed' });
  expect((await verifyCode(accounts, third, tried(begun.backupCodes[0] ?? ''))).status).toBe('start_again');
});

test('a backup code works once, and tries are few', async () => {
  await setUp(accounts, now);
  const headers = await signedIn(accounts, 'ada@example.com', now);
  const begun = await beginSecondFactor(accounts, headers, password);
  if (begun.status !== 'begun') throw new Error(`It is ${begun.status}.`);
  const verified = await verifyCode(accounts, headers, tried(await codeFor(begun.uri)));
  const [code = ''] = begun.backupCodes;
  const waiting = async () => {
    const half = await come(accounts, 'ada@example.com', now);
    return browserWith('cookies' in half ? half.cookies : []);
  };
  expect(await verifyCode(accounts, await waiting(), tried(code))).toMatchObject({ status: 'verified' });
  expect(await verifyCode(accounts, await waiting(), tried(code))).toMatchObject({ status: 'wrong_code' });
  const guessing = await waiting();
  const guesses: string[] = [];
  for (let n = 0; n < 8; n++) guesses.push((await verifyCode(accounts, guessing, tried('123456'))).status);
  expect(guesses.at(-1)).toBe('start_again');
  const on = browserWith('cookies' in verified ? verified.cookies : []);
  expect(await endSecondFactor(accounts, on, 'not the password')).toBe(false);
  expect(await endSecondFactor(accounts, on, password)).toBe(true);
  expect(await come(accounts, 'ada@example.com', now)).toMatchObject({ status: 'signed_in' });
});

test('sign-ins with a second factor that work are no failures, and it can be taken from whoever lost it', async () => {
  await setUp(accounts, now);
  const headers = await signedIn(accounts, 'ada@example.com', now);
  const begun = await beginSecondFactor(accounts, headers, password);
  if (begun.status !== 'begun') throw new Error(`It is ${begun.status}.`);
  await verifyCode(accounts, headers, tried(await codeFor(begun.uri)));
  const half = await come(accounts, 'ada@example.com', now);
  expect(await database.sql`select from sign_in_failures where failures > 0`).toHaveLength(2);
  const waiting = browserWith('cookies' in half ? half.cookies : []);
  expect(await verifyCode(accounts, waiting, tried(begun.backupCodes[0] ?? ''))).toMatchObject({ status: 'verified' });
  expect(await database.sql`select from sign_in_failures where failures > 0`).toHaveLength(0);
  const author = { actor: 'command', now } as const;
  expect(await takeSecondFactor(database.sql, 'Ada@example.com', author)).toBe(true);
  expect(await takeSecondFactor(database.sql, 'ada@example.com', author)).toBe(false);
  expect(await come(accounts, 'ada@example.com', now)).toMatchObject({ status: 'signed_in' });
});
