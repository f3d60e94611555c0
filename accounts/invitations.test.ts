import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { emptyAccounts, openAccounts, password, setUp, signedIn } from '#test/accounts.ts';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { makeVideos } from '#test/factories.ts';
import type { Accounts } from './accounts.ts';
import { actorOf } from './actor.ts';
import { mintForgottenLink } from './forgotten-password.ts';
import { inviteMember, listInvitations, withdrawInvitation } from './invitations.ts';
import { mintResetLink } from './links.ts';
import { endOtherSessions, readOwnAccount } from './own-account.ts';
import { join, resetPassword } from './use-link.ts';

let now: Date;
let database: TestDatabase;
let accounts: Accounts;

beforeAll(async () => {
  database = await freshDatabase();
  accounts = openAccounts(database);
  await makeVideos(database.sql, ['tide']);
});
beforeEach(async () => {
  now = new Date();
  await emptyAccounts(accounts);
  await setUp(accounts, now);
});
afterAll(() => database.close());

const author = () => ({ actor: 'command', now }) as const;
const creator = { email: 'Cy@example.com ', role: 'creator', channels: ['harbour'] } as const;
const inviteCy = (more: object = {}) =>
  inviteMember(database.sql, { ...creator, channels: ['harbour'], ...more }, author());

test('an invitation is listed until it is used, and makes the account of its e-mail', async () => {
  const invited = await inviteCy();
  expect(await listInvitations(database.sql, now)).toMatchObject([
    { email: 'cy@example.com', role: 'creator', channels: ['harbour'] },
  ]);
  const token = 'token' in invited ? invited.token : '';
  expect(await join(accounts, token, { name: 'Cy', email: 'other@example.com', password }, now)).toEqual({
    status: 'done',
    email: 'cy@example.com',
  });
  expect(await listInvitations(database.sql, now)).toEqual([]);
});

test('one that was withdrawn makes nothing', async () => {
  const invited = await inviteCy();
  expect(await withdrawInvitation(database.sql, 'cy@example.com', author())).toBe(true);
  expect(await withdrawInvitation(database.sql, 'cy@example.com', author())).toBe(false);
  const token = 'token' in invited ? invited.token : '';
  expect(await join(accounts, token, { name: 'Cy', email: '', password }, now)).toEqual({ status: 'gone' });
});

test.each([
  [{ email: 'cy' }, 'email', 'looks like'],
  [{ email: 'ADA@example.com' }, 'email', 'has an account'],
  [{ channels: ['harbour', 'nowhere'] }, 'channels', 'no channel nowhere'],
])('nobody is invited with %o', async (wrong, field, problem) => {
  expect(await inviteCy(wrong)).toEqual({ status: 'invalid', field, problem: expect.stringContaining(problem) });
  expect(await listInvitations(database.sql, now)).toEqual([]);
});

test('who forgot their password gets a link, three times an hour, and what an admin hands over stays good', async () => {
  const forgot = (email: string, at = now) =>
    mintForgottenLink(accounts, { email, address: '192.0.2.7' }, new Date(at));
  const handed = (await mintResetLink(database.sql, 'ada@example.com', 'command', now)) ?? '';
  expect(await forgot('nobody@example.com')).toBeUndefined();
  const links = [];
  for (let n = 0; n < 4; n++) links.push(await forgot('ada@example.com'));
  expect(links.map((link) => typeof link)).toEqual(['string', 'string', 'string', 'undefined']);
  expect(await resetPassword(accounts, links[0] ?? '', 'another horse battery', now)).toEqual({ status: 'gone' });
  expect(await resetPassword(accounts, handed, 'another horse battery', now)).toMatchObject({ status: 'done' });
  // With the new password all other ways to another one are gone.
  expect(await resetPassword(accounts, links[2] ?? '', 'a third horse battery', now)).toEqual({ status: 'gone' });
});

test('signing out everywhere else leaves this browser signed in', async () => {
  const here = await signedIn(accounts, 'ada@example.com', now);
  const elsewhere = await signedIn(accounts, 'ada@example.com', now);
  const actor = await actorOf(accounts, here);
  const id = actor.kind === 'user' ? actor.id : '';
  expect(await readOwnAccount(database.sql, id, now)).toMatchObject({ name: 'Ada', role: 'admin', sessions: 2 });
  await endOtherSessions(accounts, here, id);
  expect(await actorOf(accounts, elsewhere)).toEqual({ kind: 'nobody' });
  expect(await actorOf(accounts, here)).toMatchObject({ kind: 'user' });
});
