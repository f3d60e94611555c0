'use server';

import { redirect } from 'next/navigation';
import { signIn } from '#accounts/sign-in.ts';
import { join } from '#accounts/use-link.ts';
import { action, before, filled, named } from '#app/action.ts';
import { clientAddress } from '#app/request.ts';
import { startSession } from '#app/start-session.ts';
import { textOf, typedOf } from '#components/form-state.ts';
import { runtime } from '#runtime.ts';

export type JoinState = {
  isGone?: boolean;
  field?: 'name' | 'email' | 'password';
  problem?: string;
  name?: string;
  email?: string;
};

/** Public: whoever has the link makes the account that it is for, and is signed in. */
export const joinHere = action([named, before, filled], async (token, _, form): Promise<JoinState> => {
  const { accounts } = runtime();
  const given = {
    name: textOf(form, 'name'),
    email: textOf(form, 'email').trim(),
    password: typedOf(form, 'password'),
  };
  const used = await join(accounts, token, given, new Date());
  if (used.status === 'gone') return { isGone: true };
  if (used.status === 'invalid') return { ...used, name: given.name, email: given.email };
  const { email } = used;
  const found = await signIn(accounts, { email, password: given.password, address: await clientAddress() }, new Date());
  if (found.status !== 'signed_in') redirect('/sign-in');
  await startSession(found.cookies);
  redirect('/');
});
