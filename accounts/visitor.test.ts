import { afterAll, beforeAll, expect, test } from 'vitest';
import { come, emptyAccounts, openAccounts, setUp, signedIn } from '#test/accounts.ts';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import type { Accounts } from './accounts.ts';
import { identify } from './visitor.ts';

const now = new Date();
const nobody = { kind: 'nobody' };
const guest = { kind: 'guest' };
const none = new Headers();
let database: TestDatabase;
let accounts: Accounts;

beforeAll(async () => {
  database = await freshDatabase();
  accounts = openAccounts(database);
  await emptyAccounts(accounts);
});

afterAll(() => database.close());

test('until somebody has an account the machine itself is a guest; from then on nobody is without a session', async () => {
  expect(await identify(accounts, { headers: none, isLocal: true, isOpen: false })).toEqual(guest);
  expect(await identify(accounts, { headers: none, isLocal: false, isOpen: false })).toEqual(nobody);
  await setUp(accounts, now);
  expect(await identify(accounts, { headers: none, isLocal: true, isOpen: false })).toEqual(nobody);
  const headers = await signedIn(accounts, 'ada@example.com', now);
  expect(await identify(accounts, { headers, isLocal: false, isOpen: false })).toMatchObject({ role: 'admin' });
});

test('where the dashboards are open everybody is a guest, but whoever is signed in stays who they are', async () => {
  expect(await identify(accounts, { headers: none, isLocal: false, isOpen: true })).toEqual(guest);
  const headers = await signedIn(accounts, 'ada@example.com', now);
  expect(await identify(accounts, { headers, isLocal: false, isOpen: true })).toMatchObject({ role: 'admin' });
});

test('a session that somebody made up is none', async () => {
  expect((await come(accounts, 'ada@example.com', now)).status).toBe('signed_in');
  const headers = new Headers({ cookie: 'boxoffice.session_token=made.up' });
  expect(await identify(accounts, { headers, isLocal: true, isOpen: false })).toEqual(nobody);
});
