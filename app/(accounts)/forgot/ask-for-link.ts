'use server';

import { after } from 'next/server';
import { mintForgottenLink } from '#accounts/forgotten-password.ts';
import { action, before, filled } from '#app/action.ts';
import { clientAddress } from '#app/request.ts';
import { textOf } from '#components/form-state.ts';
import { resetLetter } from '#mail/letters.ts';
import { runtime } from '#runtime.ts';

export type ForgotState = { isAsked?: boolean };

/** Public. The answer is the same, and as fast, whoever has an account: everything else happens after it. */
export const askForLink = action([before, filled], async (_, form): Promise<ForgotState> => {
  const { accounts, mailer, baseUrl } = runtime();
  const attempt = { email: textOf(form, 'email').slice(0, 320), address: await clientAddress() };
  after(async () => {
    if (!mailer || !baseUrl) return;
    const token = await mintForgottenLink(accounts, attempt, new Date());
    if (token) await mailer.send(resetLetter(attempt.email.trim(), `${baseUrl}/reset/${token}`));
  });
  return { isAsked: true };
});
