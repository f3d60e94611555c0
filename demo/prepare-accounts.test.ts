import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { listMembers } from '#accounts/members.ts';
import { signIn } from '#accounts/sign-in.ts';
import { createChannel } from '#channels/create-channel.ts';
import { openAccounts } from '#test/accounts.ts';
import { freshDatabase } from '#test/database.ts';
import { channels } from './catalogue.ts';
import { prepareAccounts } from './prepare-accounts.ts';

test('each role has an account, whose password is the same at each start', async () => {
  const database = await freshDatabase();
  const folder = await mkdtemp(path.join(tmpdir(), 'boxoffice-demo-'));
  const accounts = openAccounts(database);
  const now = new Date();
  for (const { handle, name } of channels) await createChannel(database.sql, { handle, name });
  const first = await prepareAccounts(accounts, folder, now);
  expect(await prepareAccounts(accounts, folder, now)).toEqual(first);
  const members = await listMembers(database.sql);
  expect(members.map(({ email, role, channels }) => [email, role, channels.length])).toEqual([
    ['admin@demo.invalid', 'admin', 0],
    ['analyst@demo.invalid', 'analyst', 0],
    ['creator@demo.invalid', 'creator', 2],
  ]);
  // What was kept is lost: there are new ones that work.
  await rm(folder, { recursive: true });
  const anew = await prepareAccounts(accounts, await mkdtemp(folder), now);
  const [admin = { email: '', password: '' }] = anew;
  expect(await signIn(accounts, { ...admin, address: '192.0.2.1' }, now)).toMatchObject({ status: 'signed_in' });
  await database.close();
}, 30_000);
