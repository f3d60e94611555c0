// What somebody sees and changes of their own account.
import { z } from 'zod';
import type { Sql } from '#db/client.ts';
import type { Role } from '#db/schema.ts';
import type { Accounts } from './accounts.ts';
import { recordChange } from './audit-entries.ts';

export type OwnAccount = {
  name: string;
  email: string;
  role: Role;
  hasSecondFactor: boolean;
  /** Browsers that are signed in, this one too. */
  sessions: number;
};

export const accountName = z
  .string()
  .trim()
  .min(1, 'Tell the name that others see.')
  .max(200, 'A name has 200 characters at most.');

/** Undefined for an account that is gone. */
export async function readOwnAccount(sql: Sql, userId: string, now: Date): Promise<OwnAccount | undefined> {
  const [account] = await sql<OwnAccount[]>`
    select name, email, role, two_factor_enabled as "hasSecondFactor",
      (select count(*)::int from sessions where user_id = u.id and expires_at > ${now.toISOString()}::text::timestamptz) as sessions
    from users u where id = ${userId}`;
  return account;
}

export async function renameAccount(sql: Sql, userId: string, name: string, now: Date): Promise<void> {
  await sql.begin(async (tx) => {
    const [before] = await tx<{ name: string; email: string }[]>`
      select name, email from users where id = ${userId} for no key update`;
    if (!before || before.name === name) return;
    await tx`update users set name = ${name}, updated_at = now() where id = ${userId}`;
    const [subject, states] = [`account:${before.email}` as const, { before: { name: before.name }, after: { name } }];
    await recordChange(tx, { actor: `user:${userId}`, now }, { action: 'account.rename', subject, ...states });
  });
}

/** Signs whoever these headers are of out of every other browser. */
export async function endOtherSessions({ auth, sql }: Accounts, headers: Headers, userId: string): Promise<void> {
  await auth.api.revokeOtherSessions({ headers });
  await sql`select pg_notify('boxoffice_accounts', ${userId}::text)`;
}
