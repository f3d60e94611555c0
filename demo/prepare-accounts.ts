// One account of each role, to look at the dashboards with. Their passwords are made up once and kept beside the demo's data.
import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { Accounts } from '#accounts/accounts.ts';
import { inviteMember } from '#accounts/invitations.ts';
import { mintResetLink } from '#accounts/links.ts';
import { join, resetPassword } from '#accounts/use-link.ts';
import type { Role } from '#db/schema.ts';
import { channels } from './catalogue.ts';

export type DemoAccount = { email: string; password: string };

export const adminEmail = 'admin@demo.invalid';

const people: { email: string; name: string; role: Role; channels: string[] }[] = [
  { email: adminEmail, name: 'Ada Admin', role: 'admin', channels: [] },
  { email: 'analyst@demo.invalid', name: 'Ana Analyst', role: 'analyst', channels: [] },
  {
    email: 'creator@demo.invalid',
    name: 'Cleo Creator',
    role: 'creator',
    channels: channels.slice(0, 2).map(({ handle }) => handle),
  },
];
const keptPasswords = z.record(z.string(), z.string().min(12));

/** Makes those that are not there yet. What was kept in `folder` is not changed, and is of use until somebody changes a password. */
export async function prepareAccounts(accounts: Accounts, folder: string, now: Date): Promise<DemoAccount[]> {
  const file = path.join(folder, 'accounts.json');
  const kept = await readPasswords(file);
  const all = people.map(({ email }) => ({ email, password: kept[email] ?? randomBytes(9).toString('base64url') }));
  await writeFile(file, JSON.stringify(Object.fromEntries(all.map(({ email, password }) => [email, password]))), {
    mode: 0o600,
  });
  for (const [i, { email, password }] of all.entries()) {
    const person = people[i];
    if (person) await makeAccount(accounts, { ...person, password, isKnown: email in kept }, now);
  }
  return all;
}

async function readPasswords(file: string): Promise<Record<string, string>> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '{}';
    throw error;
  });
  return keptPasswords.parse(JSON.parse(text));
}

async function makeAccount(
  accounts: Accounts,
  { isKnown, name, password, ...invitation }: (typeof people)[number] & { password: string; isKnown: boolean },
  now: Date,
): Promise<void> {
  const { email } = invitation;
  const invited = await inviteMember(accounts.sql, invitation, { actor: 'command', now });
  if (invited.status === 'invited') {
    await join(accounts, invited.token, { name, email, password }, now);
  } else if (!isKnown) {
    // The account is there, and what was kept of it is not.
    const token = await mintResetLink(accounts.sql, email, 'command', now);
    if (token) await resetPassword(accounts, token, password, now);
  }
}
