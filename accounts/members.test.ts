import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { ChannelId } from '#db/schema.ts';
import { emptyAccounts, makeCreator, openAccounts, setUp, signedIn } from '#test/accounts.ts';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { makeVideos } from '#test/factories.ts';
import type { Accounts } from './accounts.ts';
import { actorOf } from './actor.ts';
import { changeMember, listMembers, removeMember } from './members.ts';

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

test('a role that is taken away is gone with the next request, an account with its sessions', async () => {
  await setUp(accounts, now);
  await makeCreator(accounts, now);
  const headers = await signedIn(accounts, 'cy@example.com', now);
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
