'use server';

import { redirect } from 'next/navigation';
import { resetPassword } from '#accounts/use-link.ts';
import { action, before, filled, named } from '#app/action.ts';
import { typedOf } from '#components/form-state.ts';
import { runtime } from '#runtime.ts';

export type ResetState = { isGone?: boolean; problem?: string };

/** Public: whoever has the link chooses a new password. A second factor is asked for when they sign in with it. */
export const resetHere = action([named, before, filled], async (token, _, form): Promise<ResetState> => {
  const used = await resetPassword(runtime().accounts, token, typedOf(form, 'password'), new Date());
  if (used.status === 'gone') return { isGone: true };
  if (used.status === 'invalid') return { problem: used.problem };
  redirect('/sign-in?done=password');
});
