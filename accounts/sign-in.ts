import type { Accounts } from './accounts.ts';
import { refusalOf } from './api-error.ts';
import { forgetFailures, takeAttempt } from './sign-in-limit.ts';

export type SignIn =
  /** `cookies` are Set-Cookie headers for the browser. */
  | { status: 'signed_in'; cookies: string[] }
  /** The password was right; a code of the second factor is to be sent with these cookies. */
  | { status: 'second_factor'; cookies: string[] }
  /** E-mail and password do not belong together; which of them is wrong is not told. */
  | { status: 'refused' }
  | { status: 'limited'; waitSeconds: number };

/** Signs in by e-mail and password. `address` is the client's. Takes as long for an unknown e-mail as for a wrong password. */
export async function signIn(
  { auth, sql, secret }: Accounts,
  { email, password, address }: { email: string; password: string; address: string },
  now: Date,
): Promise<SignIn> {
  const attempt = { email, address };
  const waitSeconds = await takeAttempt(sql, secret, attempt, now);
  if (waitSeconds > 0) return { status: 'limited', waitSeconds };
  try {
    const { headers, response } = await auth.api.signInEmail({
      body: { email: email.trim().toLowerCase(), password },
      headers: new Headers(),
      returnHeaders: true,
    });
    const cookies = headers.getSetCookie();
    if ('twoFactorRedirect' in response) return { status: 'second_factor', cookies };
    await forgetFailures(sql, secret, attempt);
    return { status: 'signed_in', cookies };
  } catch (error) {
    if (refusalOf(error)) return { status: 'refused' };
    throw error;
  }
}

/** Ends the session of these request headers. Returns the Set-Cookie headers that take it from the browser. */
export async function signOut({ auth, sql }: Accounts, headers: Headers): Promise<string[]> {
  const session = await auth.api.getSession({ headers, query: { disableRefresh: true } });
  const answer = await auth.api.signOut({ headers, returnHeaders: true });
  if (session) await sql`select pg_notify('boxoffice_accounts', ${session.user.id})`;
  return answer.headers.getSetCookie();
}
