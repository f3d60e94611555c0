import { signOut } from '#accounts/sign-in.ts';
import { runtime } from '#runtime.ts';
import { passCookies } from './pass-cookies.ts';
import { sessionHeaders } from './request.ts';

/**
 * Gives the browser the cookies of a sign-in whose password was right. A session that it had before ends: nobody would sign it out any
 * more.
 */
export async function startSession(cookies: string[]): Promise<void> {
  await signOut(runtime().accounts, await sessionHeaders());
  await passCookies(cookies);
}
