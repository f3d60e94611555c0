// Accounts for tests: an installation whose first admin is Ada, and what a browser would send after a sign-in.
import type { Accounts } from '#accounts/accounts.ts';
import { openAuth } from '#accounts/auth.ts';
import { invite, mintSetUpLink } from '#accounts/links.ts';
import { type SignIn, signIn } from '#accounts/sign-in.ts';
import { join, type UsedLink } from '#accounts/use-link.ts';
import type { ChannelId } from '#db/schema.ts';
import type { TestDatabase } from './database.ts';
import { secret } from './secret.ts';

export const password = 'correct horse battery';

export function openAccounts({ db, sql }: Pick<TestDatabase, 'db' | 'sql'>, url = 'http://127.0.0.1:3000'): Accounts {
  return { auth: openAuth(db, { secret, url }), sql, secret };
}

export async function emptyAccounts({ sql }: Accounts): Promise<void> {
  await sql`
    truncate users, sessions, credentials, verifications, two_factors, channel_members, account_links, sign_in_failures`;
}

/** Ada's account, by the set-up link. */
export async function setUp(accounts: Accounts, now: Date): Promise<UsedLink> {
  const token = await mintSetUpLink(accounts.sql, now);
  return join(accounts, token ?? '', { name: 'Ada', email: 'Ada@example.com', password }, now);
}

/** Cy's account, a creator of the first channel, by an invitation. */
export async function makeCreator(accounts: Accounts, now: Date): Promise<void> {
  const channels = [1 as ChannelId];
  const token = await invite(accounts.sql, { email: 'Cy@example.com', role: 'creator', channels, by: 'command' }, now);
  await join(accounts, token, { name: 'Cy', email: '', password }, now);
}

export function come(accounts: Accounts, email: string, now: Date): Promise<SignIn> {
  return signIn(accounts, { email, password, address: '192.0.2.1' }, now);
}

/** What a browser would send after these Set-Cookie headers. */
export function browserWith(cookies: string[]): Headers {
  return new Headers({ cookie: cookies.map((cookie) => cookie.split(';')[0]).join('; ') });
}

/** The headers of somebody who signed in without a second factor. */
export async function signedIn(accounts: Accounts, email: string, now: Date): Promise<Headers> {
  const found = await come(accounts, email, now);
  if (found.status !== 'signed_in') throw new Error(`It is ${found.status}.`);
  return browserWith(found.cookies);
}
