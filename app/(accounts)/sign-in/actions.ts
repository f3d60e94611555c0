'use server';

import { redirect } from 'next/navigation';
import { verifyCode } from '#accounts/second-factor.ts';
import { signIn } from '#accounts/sign-in.ts';
import { action, before, filled } from '#app/action.ts';
import { passCookies } from '#app/pass-cookies.ts';
import { visitor } from '#app/permit.ts';
import { clientAddress, sessionHeaders } from '#app/request.ts';
import { startSession } from '#app/start-session.ts';
import { tooManyTries } from '#app/too-many-tries.ts';
import { textOf, typedOf } from '#components/form-state.ts';
import { runtime } from '#runtime.ts';
import { returnPath } from '#security/return-path.ts';

export type SignInState = { problem?: string; email?: string };
export type CodeState = { problem?: string; isOver?: boolean };

/** Public: whoever knows e-mail and password is let in, or asked for a code. */
export const signInHere = action([before, filled], async (_, form): Promise<SignInState> => {
  const email = textOf(form, 'email');
  const next = returnPath(textOf(form, 'next'));
  const given = { email, password: typedOf(form, 'password'), address: await clientAddress() };
  const found = await signIn(runtime().accounts, given, new Date());
  switch (found.status) {
    case 'refused':
      return { email, problem: 'E-mail and password do not belong together. Check both and try again.' };
    case 'limited':
      return { email, problem: tooManyTries(found.waitSeconds) };
    case 'second_factor':
    case 'signed_in':
      await startSession(found.cookies);
      redirect(found.status === 'signed_in' ? next : `/sign-in/code?next=${encodeURIComponent(next)}`);
  }
});

/** Public: for a sign-in whose password was right, by its cookie. */
export const sendCode = action([before, filled], async (_, form): Promise<CodeState> => {
  const next = returnPath(textOf(form, 'next'));
  // Nothing waits for a code, and a right one would give tries of the password back.
  if ((await visitor()).kind === 'user') redirect(next);
  const given = { code: textOf(form, 'code'), address: await clientAddress() };
  const found = await verifyCode(runtime().accounts, await sessionHeaders(), given);
  switch (found.status) {
    case 'wrong_code':
      return { problem: 'This code is wrong, or is over. The app shows a new one every 30 seconds.' };
    case 'used_code':
      return { isOver: true, problem: 'This code was used already. Sign in again with the next one.' };
    case 'start_again':
      return { isOver: true, problem: 'There were too many tries, or it took too long. Sign in again.' };
    case 'verified':
      await passCookies(found.cookies);
      redirect(next);
  }
});
