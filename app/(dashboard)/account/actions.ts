'use server';

import { revalidatePath } from 'next/cache';
import { changePassword } from '#accounts/change-password.ts';
import { accountName, endOtherSessions, readOwnAccount, renameAccount } from '#accounts/own-account.ts';
import { problemOfPassword } from '#accounts/password.ts';
import { action, before, filled } from '#app/action.ts';
import { passCookies } from '#app/pass-cookies.ts';
import { permitUser } from '#app/permit.ts';
import { sessionHeaders } from '#app/request.ts';
import { textOf, typedOf } from '#components/form-state.ts';
import { runtime } from '#runtime.ts';
import { givePasswordTryBack, takePasswordTry } from './password-try.ts';

export type ChangeState = { field?: string; problem?: string; done?: string; name?: string };

export const renameHere = action([before, filled], async (_, form): Promise<ChangeState> => {
  const { id } = await permitUser();
  const name = accountName.safeParse(textOf(form, 'name'));
  if (!name.success) return { problem: name.error.issues[0]?.message, name: textOf(form, 'name') };
  await renameAccount(runtime().accounts.sql, id, name.data, new Date());
  revalidatePath('/account');
  return { done: 'The name is changed.' };
});

export const changePasswordHere = action([before, filled], async (_, form): Promise<ChangeState> => {
  const { id } = await permitUser();
  const { accounts } = runtime();
  const { email = '' } = (await readOwnAccount(accounts.sql, id, new Date())) ?? {};
  const given = { current: typedOf(form, 'current'), next: typedOf(form, 'next'), email };
  // First what needs no try: it says nothing about the password now, and must give none back.
  const problem = problemOfPassword(given.next, email);
  if (problem) return { field: 'next', problem };
  const tried = await takePasswordTry(email);
  if (tried.problem !== undefined) return { field: 'current', problem: tried.problem };
  const changed = await changePassword(accounts, await sessionHeaders(), given, new Date());
  if (changed.status === 'wrong_password') return { field: 'current', problem: 'This is not your password.' };
  if (changed.status === 'invalid') return { field: 'next', problem: changed.problem };
  await givePasswordTryBack(tried.attempt);
  await passCookies(changed.cookies);
  revalidatePath('/account');
  return { done: 'The password is changed. Every other browser was signed out.' };
});

export const endOtherSessionsHere = action([], async (): Promise<void> => {
  const { id } = await permitUser();
  await endOtherSessions(runtime().accounts, await sessionHeaders(), id);
  revalidatePath('/account');
});
