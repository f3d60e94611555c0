// What happens when a link is used: an account is made, or a password changed, once, whatever comes at the same time.
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Transaction } from '#db/client.ts';
import type { Accounts } from './accounts.ts';
import { recordChange } from './audit-entries.ts';
import { hashOfToken } from './link-token.ts';
import { type Link, readLink } from './links.ts';
import { accountName } from './own-account.ts';
import { problemOfPassword } from './password.ts';

export const newAccount = z.object({
  name: accountName,
  email: z.email('An e-mail address looks like name@example.com.').max(320).toLowerCase(),
  password: z.string(),
});

export type UsedLink =
  | { status: 'done'; email: string }
  /** Unknown, used or over: there is a new one to be asked for. */
  | { status: 'gone' }
  /** What to mend; the link still works. */
  | { status: 'invalid'; field: 'name' | 'email' | 'password'; problem: string };

/** Makes the account that a link invites to. Of somebody who was invited the e-mail is the invitation's. */
export async function join(
  { auth, sql }: Accounts,
  token: string,
  given: { name: string; email: string; password: string },
  now: Date,
): Promise<UsedLink> {
  const link = await readLink(sql, token, now);
  if (!link || link.purpose === 'reset') return { status: 'gone' };
  const parsed = newAccount.safeParse(link.purpose === 'join' ? { ...given, email: link.email } : given);
  if (!parsed.success) return invalid(parsed.error);
  const { name, email, password } = parsed.data;
  const problem = problemOfPassword(password, email);
  if (problem) return { status: 'invalid', field: 'password', problem };
  const hash = await (await auth.$context).password.hash(password);
  return sql.begin(async (tx): Promise<UsedLink> => {
    // One first account: two that set up at once, by two links even, would both be admin.
    await tx`lock table users in share row exclusive mode`;
    if (!(await spend(tx, token, now)) || (link.purpose === 'set_up' && (await isSetUp(tx)))) return { status: 'gone' };
    const isTaken = (await tx`select from users where email = ${email}`).count > 0;
    // The link is not spent where nothing came of it.
    if (isTaken) await tx`update account_links set used_at = null where token_hash = ${hashOfToken(token)}`;
    if (isTaken)
      return { status: 'invalid', field: 'email', problem: 'There is an account with this address: sign in.' };
    const userId = await makeUser(tx, { name, email, hash }, link, now);
    await tx`select pg_notify('boxoffice_accounts', ${userId})`;
    return { status: 'done', email };
  });
}

/** Gives a new password to whom a reset link is of, and ends all sessions that were signed in with the old one. */
export async function resetPassword(
  { auth, sql }: Accounts,
  token: string,
  password: string,
  now: Date,
): Promise<UsedLink> {
  const link = await readLink(sql, token, now);
  if (link?.purpose !== 'reset') return { status: 'gone' };
  const problem = problemOfPassword(password, link.email);
  if (problem) return { status: 'invalid', field: 'password', problem };
  const hash = await (await auth.$context).password.hash(password);
  return sql.begin(async (tx): Promise<UsedLink> => {
    if (!(await spend(tx, token, now))) return { status: 'gone' };
    await tx`update credentials set password = ${hash}, updated_at = now() where user_id = ${link.userId}`;
    await tx`delete from sessions where user_id = ${link.userId}`;
    // A sign-in with the old password that waits for its code.
    await tx`delete from verifications where value = ${link.userId}`;
    await tx`delete from account_links where purpose = 'reset' and user_id = ${link.userId} and used_at is null`;
    await tx`select pg_notify('boxoffice_accounts', ${link.userId}::text)`;
    const changed = { action: 'account.reset_password', subject: `account:${link.email}`, before: null } as const;
    await recordChange(tx, { actor: `user:${link.userId}`, now }, { ...changed, after: { byLink: true } });
    return { status: 'done', email: link.email };
  });
}

function invalid({ issues: [first] }: z.ZodError): UsedLink {
  const field = first?.path[0] === 'name' || first?.path[0] === 'email' ? first.path[0] : 'password';
  return { status: 'invalid', field, problem: first?.message ?? 'Something is missing.' };
}

async function spend(tx: Transaction, token: string, now: Date): Promise<boolean> {
  const at = now.toISOString();
  const spent = await tx`
    update account_links set used_at = ${at}::text::timestamptz
    where token_hash = ${hashOfToken(token)} and used_at is null and expires_at > ${at}::text::timestamptz`;
  return spent.count === 1;
}

async function isSetUp(tx: Transaction): Promise<boolean> {
  return (await tx`select from users limit 1`).count > 0;
}

async function makeUser(
  tx: Transaction,
  { name, email, hash }: { name: string; email: string; hash: string },
  link: Exclude<Link, { purpose: 'reset' }>,
  now: Date,
): Promise<string> {
  const id = randomUUID();
  const role = link.purpose === 'set_up' ? 'admin' : link.role;
  await tx`insert into users (id, name, email, email_verified, role) values (${id}, ${name}, ${email}, true, ${role})`;
  await tx`
    insert into credentials (id, account_id, provider_id, user_id, password)
    values (${randomUUID()}, ${id}, 'credential', ${id}, ${hash})`;
  const joined = { action: 'account.join', subject: `account:${email}`, before: null, after: { name, role } } as const;
  await recordChange(tx, { actor: `user:${id}`, now }, joined);
  if (link.purpose === 'set_up' || link.channels.length === 0) return id;
  // Those that are gone by now are left out.
  await tx`
    insert into channel_members (channel_id, user_id)
    select id, ${id} from channels where id = any(${link.channels}::bigint[])`;
  return id;
}
