import { type Attempt, forgetFailures, takeAttempt } from '#accounts/sign-in-limit.ts';
import { clientAddress } from '#app/request.ts';
import { tooManyTries } from '#app/too-many-tries.ts';
import { runtime } from '#runtime.ts';

export type PasswordTry = { problem: string } | { problem: undefined; attempt: Attempt };

/** Takes one of the tries that a sign-in has too: a browser that was left open is no way to find the password out. */
export async function takePasswordTry(email: string): Promise<PasswordTry> {
  const { sql, secret } = runtime().accounts;
  const attempt = { email, address: await clientAddress() };
  const waitSeconds = await takeAttempt(sql, secret, attempt, new Date());
  return waitSeconds > 0 ? { problem: tooManyTries(waitSeconds) } : { problem: undefined, attempt };
}

/** After the right password: the account's failures are forgotten, and the address gets its try back. */
export async function givePasswordTryBack(attempt: Attempt): Promise<void> {
  const { sql, secret } = runtime().accounts;
  await forgetFailures(sql, secret, attempt);
}
