import type { Accounts } from './accounts.ts';
import { mintResetLink } from './links.ts';
import { type Attempt, takeAttempt } from './sign-in-limit.ts';

/**
 * A link to mail to whoever says they forgot their password; undefined where nobody has the e-mail, or where it was asked for too
 * often. Which of them it was is never told.
 */
export async function mintForgottenLink(
  { sql, secret }: Accounts,
  attempt: Attempt,
  now: Date,
): Promise<string | undefined> {
  if ((await takeAttempt(sql, secret, attempt, now, 'forgotten')) > 0) return undefined;
  return mintResetLink(sql, attempt.email, 'forgotten', now);
}
