import type { Accounts } from './accounts.ts';
import { isWrongPassword } from './api-error.ts';
import { recordChange } from './audit-entries.ts';
import { problemOfPassword } from './password.ts';

export type ChangedPassword =
  | { status: 'changed'; cookies: string[] }
  | { status: 'wrong_password' }
  | { status: 'invalid'; problem: string };

/** Gives whoever is signed in by `headers` a new password. Every other session of theirs ends. */
export async function changePassword(
  { auth, sql }: Accounts,
  headers: Headers,
  { current, next, email }: { current: string; next: string; email: string },
  now: Date,
): Promise<ChangedPassword> {
  const problem = problemOfPassword(next, email);
  if (problem) return { status: 'invalid', problem };
  try {
    const body = { currentPassword: current, newPassword: next, revokeOtherSessions: true };
    const changed = await auth.api.changePassword({ headers, body, returnHeaders: true });
    const { id } = changed.response.user;
    // better-auth has committed the new password before: it takes no transaction of ours.
    await sql.begin(async (tx) => {
      // A sign-in with the old password that waits for its code.
      await tx`delete from verifications where value = ${id}`;
      await tx`select pg_notify('boxoffice_accounts', ${id})`;
      const done = {
        action: 'account.change_password',
        subject: `account:${email}`,
        before: null,
        after: null,
      } as const;
      await recordChange(tx, { actor: `user:${id}`, now }, done);
    });
    return { status: 'changed', cookies: changed.headers.getSetCookie() };
  } catch (error) {
    if (isWrongPassword(error)) return { status: 'wrong_password' };
    throw error;
  }
}
