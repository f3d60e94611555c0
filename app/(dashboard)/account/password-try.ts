import { readOwnAccount } from '#accounts/own-account.ts';
import { type Attempt, forgetFailures, takeAttempt } from '#accounts/sign-in-limit.ts';
import { clientAddress } from '#app/request.ts';
import { tooManyTries } from '#app/too-many-tries.ts';
import { runtime } from '#runtime.ts';

export type PasswordTry = { email: string; problem: string } | { email: string; problem: undefined; attempt: Attempt };

/** Takes one of the tries that a sign-in has too: a browser that was left open is no way to find the password out. */
export async function takePasswordTry(userId: string): Promise<PasswordTry> {
  const { sql, secret } = runtime().accounts;
  const now = new Date();
  const { email = '' } = (await readOwnAccount(sql, userId, now)) ?? {};
  const attempt = { email, address: await clientAddress() };
  const waitSeconds = await takeAttempt(sql, secret, attempt, now);
  return waitSeconds > 0 ? { email, problem: tooManyTries(waitSeconds) } : { email, problem: undefined, attempt };
}

/** It was the right one. */
export async function givePasswordTryBack(attempt: Attempt): Promise<void> {
  const { sql, secret } = runtime().accounts;
  await forgetFailures(sql, secret, attempt);
}
