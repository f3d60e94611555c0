// Whether an e-mail has an account is told neither by an answer nor by the work that was done for it: the passwords that were hashed.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openAccounts, password, setUp } from '#test/accounts.ts';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import type { Accounts } from './accounts.ts';
import { mintForgottenLink } from './forgotten-password.ts';
import { signIn } from './sign-in.ts';

const now = new Date('2026-03-10T12:00:00Z');
let database: TestDatabase;
let accounts: Accounts;
let hashed = 0;

beforeAll(async () => {
  database = await freshDatabase();
  accounts = openAccounts(database);
  await setUp(accounts, now);
  const hasher = (await accounts.auth.$context).password;
  const { hash, verify } = hasher;
  hasher.hash = (...given) => {
    hashed += 1;
    return hash(...given);
  };
  hasher.verify = (...given) => {
    hashed += 1;
    return verify(...given);
  };
});
afterAll(() => database.close());

// One that is longer than any that somebody has is refused before anything is looked up.
test.each([
  ['a wrong password', 1],
  ['', 1],
  ['long '.repeat(30), 0],
])('the same is hashed for whatever e-mail, with %j', async (given, times) => {
  const work = async (email: string) => {
    hashed = 0;
    const found = await signIn(accounts, { email, password: given, address: '192.0.2.9' }, now);
    return { found, hashed };
  };
  expect(await work('nobody@example.com')).toEqual({ found: { status: 'refused' }, hashed: times });
  expect(await work('ada@example.com')).toEqual({ found: { status: 'refused' }, hashed: times });
});

test('a right password is hashed as often as a wrong one', async () => {
  hashed = 0;
  await signIn(accounts, { email: 'ada@example.com', password, address: '192.0.2.1' }, now);
  expect(hashed).toBe(1);
});

test('no password is hashed once there are no tries left, nor for one that was forgotten', async () => {
  const come = (email: string) => signIn(accounts, { email, password, address: '192.0.2.2' }, now);
  for (const email of ['ada@example.com', 'nobody@example.com']) {
    for (let n = 0; n < 10; n++)
      await signIn(accounts, { email, password: 'not the password', address: '192.0.2.2' }, now);
    hashed = 0;
    expect([await come(email), hashed]).toEqual([{ status: 'limited', waitSeconds: expect.any(Number) }, 0]);
    await mintForgottenLink(accounts, { email, address: '192.0.2.2' }, now);
    expect(hashed).toBe(0);
  }
});
