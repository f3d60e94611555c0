import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { ChannelId } from '#db/schema.ts';
import { emptyAccounts, makeCreator, openAccounts, setUp, signedIn } from '#test/accounts.ts';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { makeVideos } from '#test/factories.ts';
import type { Accounts } from './accounts.ts';
import { actorOf } from './actor.ts';
import { auditLog } from './audit-log.ts';
import { addChannelMember, channelMembersOf, removeChannelMember } from './channel-members.ts';
import { inviteMember } from './invitations.ts';
import { mintResetLink, readLink } from './links.ts';
import { changeMember, listMembers, removeMember } from './members.ts';

const author = () => ({ actor: 'command', now }) as const;
const harbour = 1 as ChannelId;

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
  await database.sql`truncate audit_entries`;
});
afterAll(() => database.close());

test('a role that is taken away is gone with the next request, an account with its sessions', async () => {
  await setUp(accounts, now);
  await makeCreator(accounts, now);
  const headers = await signedIn(accounts, 'cy@example.com', now);
  const [ada, cy] = await listMembers(database.sql);
  expect(cy).toMatchObject({ channels: ['harbour'], hasSecondFactor: false });
  const changed = await changeMember(
    database.sql,
    cy?.id ?? '',
    { role: 'creator', channels: [2 as ChannelId] },
    author(),
  );
  expect(changed).toEqual({ status: 'changed' });
  expect(await actorOf(accounts, headers)).toMatchObject({ channels: new Set([2]) });
  expect(await removeMember(database.sql, cy?.id ?? '', author())).toEqual({ status: 'changed' });
  expect(await actorOf(accounts, headers)).toEqual({ kind: 'nobody' });
  expect(await removeMember(database.sql, cy?.id ?? '', author())).toEqual({ status: 'unknown' });
  expect(await removeMember(database.sql, ada?.id ?? '', author())).toEqual({ status: 'last_admin' });
  const demoted = await changeMember(database.sql, ada?.id ?? '', { role: 'analyst', channels: [] }, author());
  expect(demoted).toEqual({ status: 'last_admin' });
});

test('links that an admin made open nothing once that admin is none any more', async () => {
  await setUp(accounts, now);
  await makeCreator(accounts, now);
  const [ada, cy] = await listMembers(database.sql);
  await changeMember(database.sql, cy?.id ?? '', { role: 'admin', channels: [] }, author());
  const invited = { email: 'eve@example.com', role: 'admin', channels: [] } as const;
  const invite = async (by: string | undefined) =>
    inviteMember(database.sql, { ...invited, channels: [] }, { actor: `user:${by ?? ''}`, now });
  const tokenOf = (made: Awaited<ReturnType<typeof invite>>) => (made.status === 'invited' ? made.token : '');
  const reset = (await mintResetLink(database.sql, 'ada@example.com', `user:${cy?.id ?? ''}`, now)) ?? '';
  const invitation = tokenOf(await invite(cy?.id));
  for (const token of [reset, invitation]) expect(await readLink(database.sql, token, now)).toBeDefined();
  await changeMember(database.sql, cy?.id ?? '', { role: 'analyst', channels: [] }, author());
  for (const token of [reset, invitation]) expect(await readLink(database.sql, token, now)).toBeUndefined();
  expect((await auditLog(database.sql, { subject: 'eve@' }, 9)).map(({ action }) => action)).toEqual([
    ...['account.withdraw', 'account.invite'],
  ]);
  // What other admins made stays.
  const kept = tokenOf(await invite(ada?.id));
  await removeMember(database.sql, cy?.id ?? '', author());
  expect(await readLink(database.sql, kept, now)).toMatchObject({ email: 'eve@example.com' });
});

test('the audit of changes says who was invited, joined, changed and removed, with what they had', async () => {
  await setUp(accounts, now);
  await makeCreator(accounts, now);
  const cy = (await listMembers(database.sql))[1]?.id ?? '';
  await changeMember(database.sql, cy, { role: 'analyst', channels: [] }, author());
  await changeMember(database.sql, cy, { role: 'analyst', channels: [] }, author());
  await removeMember(database.sql, cy, author());
  const log = await auditLog(database.sql, { subject: 'CY@' }, 9);
  expect(log.map(({ who, action, before, after }) => ({ who, action, before, after }))).toEqual([
    { ...{ who: 'command line', action: 'account.remove' }, before: cyAs('analyst', []), after: null },
    {
      ...{ who: 'command line', action: 'account.change' },
      ...{ before: cyAs('creator', ['harbour']), after: cyAs('analyst', []) },
    },
    {
      ...{ who: 'somebody whose account is gone', action: 'account.join' },
      ...{ before: null, after: { name: 'Cy', role: 'creator' } },
    },
    {
      ...{ who: 'command line', action: 'account.invite' },
      ...{ before: null, after: { role: 'creator', channels: ['harbour'] } },
    },
  ]);
});

test('a creator joins and leaves a channel by e-mail; whoever is none, or has no account, does not', async () => {
  await setUp(accounts, now);
  await makeCreator(accounts, now);
  const { sql } = database;
  const quarry = 2 as ChannelId;
  const headers = await signedIn(accounts, 'cy@example.com', now);
  expect(await addChannelMember(sql, quarry, ' CY@example.com', author())).toMatchObject({ status: 'changed' });
  expect(await addChannelMember(sql, quarry, 'cy@example.com', author())).toMatchObject({ status: 'unchanged' });
  expect(await channelMembersOf(sql, quarry)).toMatchObject([{ name: 'Cy', email: 'cy@example.com' }]);
  expect(await actorOf(accounts, headers)).toMatchObject({ channels: new Set([1, 2]) });
  expect(await removeChannelMember(sql, harbour, 'cy@example.com', author())).toMatchObject({ status: 'changed' });
  expect(await actorOf(accounts, headers)).toMatchObject({ channels: new Set([2]) });
  expect(await addChannelMember(sql, quarry, 'ada@example.com', author())).toMatchObject({ status: 'not_creator' });
  expect(await addChannelMember(sql, quarry, 'nobody@example.com', author())).toEqual({ status: 'no_account' });
  const log = await auditLog(sql, { subject: 'channel:' }, 9);
  expect(log.map(({ action, subject, before, after }) => ({ action, subject, before, after }))).toEqual([
    {
      ...{ action: 'channel.remove_member', subject: 'channel:harbour' },
      ...{ before: { member: 'cy@example.com' }, after: null },
    },
    {
      ...{ action: 'channel.add_member', subject: 'channel:quarry' },
      ...{ before: null, after: { member: 'cy@example.com' } },
    },
  ]);
});

const cyAs = (role: string, channels: string[]) => ({ name: 'Cy', email: 'cy@example.com', role, channels });
