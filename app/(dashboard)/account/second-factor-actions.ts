'use server';

import { revalidatePath } from 'next/cache';
import { notFound } from 'next/navigation';
import { encode } from 'uqr';
import { readOwnAccount } from '#accounts/own-account.ts';
import { recordSecondFactor } from '#accounts/record-second-factor.ts';
import { beginSecondFactor, endSecondFactor, verifyCode } from '#accounts/second-factor.ts';
import { action, before, filled } from '#app/action.ts';
import { passCookies } from '#app/pass-cookies.ts';
import { permitUser } from '#app/permit.ts';
import { sessionHeaders } from '#app/request.ts';
import { textOf, typedOf } from '#components/form-state.ts';
import { runtime } from '#runtime.ts';
import { givePasswordTryBack, takePasswordTry } from './password-try.ts';

export type BegunState = {
  problem?: string;
  /** Shown once: what the app reads, and the codes for when it is lost. */
  begun?: { secret: string; qr: { size: number; path: string }; backupCodes: string[] };
};
export type CodeState = { problem?: string };

const notShown = 'This is not what the app should show now. Check the clock of your phone, and try the next code.';

export const beginHere = action([before, filled], async (_, form): Promise<BegunState> => {
  const { email } = await readReader();
  const tried = await takePasswordTry(email);
  if (tried.problem !== undefined) return { problem: tried.problem };
  const begun = await beginSecondFactor(runtime().accounts, await sessionHeaders(), typedOf(form, 'password'));
  if (begun.status === 'wrong_password') return { problem: 'This is not your password.' };
  await givePasswordTryBack(tried.attempt);
  if (begun.status === 'on_already') return { problem: 'It is on already. Turn it off first to use another app.' };
  const secret = new URL(begun.uri).searchParams.get('secret') ?? '';
  return { begun: { secret, qr: drawQr(begun.uri), backupCodes: begun.backupCodes } };
});

export const confirmHere = action([before, filled], async (_, form): Promise<CodeState> => {
  const { id, hasSecondFactor } = await readReader();
  const code = textOf(form, 'code');
  // A backup code shows nothing about the app.
  if (!/^\d{6}$/.test(code)) return { problem: notShown };
  const { accounts } = runtime();
  const verified = await verifyCode(accounts, await sessionHeaders(), { code });
  if (verified.status !== 'verified') return { problem: notShown };
  await recordSecondFactor(accounts.sql, id, hasSecondFactor, new Date());
  await passCookies(verified.cookies);
  revalidatePath('/account');
  return {};
});

export const endHere = action([before, filled], async (_, form): Promise<BegunState> => {
  const { id, email, hasSecondFactor } = await readReader();
  const tried = await takePasswordTry(email);
  if (tried.problem !== undefined) return { problem: tried.problem };
  const { accounts } = runtime();
  const isEnded = await endSecondFactor(accounts, await sessionHeaders(), typedOf(form, 'password'));
  if (!isEnded) return { problem: 'This is not your password.' };
  await recordSecondFactor(accounts.sql, id, hasSecondFactor, new Date());
  await givePasswordTryBack(tried.attempt);
  revalidatePath('/account');
  return {};
});

async function readReader(): Promise<{ id: string; email: string; hasSecondFactor: boolean }> {
  const { id } = await permitUser();
  const account = await readOwnAccount(runtime().accounts.sql, id, new Date());
  return account ? { id, ...account } : notFound();
}

/** The dark squares, as one path in a square of `size`. */
function drawQr(text: string): { size: number; path: string } {
  const { data, size } = encode(text, { ecc: 'M', border: 2 });
  const squares = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return { size, path: squares.join('') };
}
