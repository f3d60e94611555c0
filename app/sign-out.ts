'use server';

import { redirect } from 'next/navigation';
import { signOut } from '#accounts/sign-in.ts';
import { action } from '#app/action.ts';
import { runtime } from '#runtime.ts';
import { passCookies } from './pass-cookies.ts';
import { sessionHeaders } from './request.ts';

/** Ends the session of whoever asks; without one nothing happens. */
export const signOutHere = action([], async (): Promise<void> => {
  await passCookies(await signOut(runtime().accounts, await sessionHeaders()));
  redirect('/sign-in');
});
