import type { Accounts } from './accounts.ts';
import { refusalOf } from './api-error.ts';
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
): Promise<ChangedPassword> {
  const problem = problemOfPassword(next, email);
  if (problem) return { status: 'invalid', problem };
  try {
    const body = { currentPassword: current, newPassword: next, revokeOtherSessions: true };
    const changed = await auth.api.changePassword({ headers, body, returnHeaders: true });
    const { id } = changed.response.user;
    // A sign-in with the old password that waits for its code.
    await sql`delete from verifications where value = ${id}`;
    await sql`select pg_notify('boxoffice_accounts', ${id})`;
    return { status: 'changed', cookies: changed.headers.getSetCookie() };
  } catch (error) {
    if (refusalOf(error)?.code === 'INVALID_PASSWORD') return { status: 'wrong_password' };
    throw error;
  }
}
