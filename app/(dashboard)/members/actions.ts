'use server';

import { revalidatePath } from 'next/cache';
import { inviteMember, withdrawInvitation } from '#accounts/invitations.ts';
import { action, before, filled, named } from '#app/action.ts';
import { baseUrl } from '#app/base-url.ts';
import { permitAccounts } from '#app/managing.ts';
import { textOf } from '#components/form-state.ts';
import type { Role } from '#db/schema.ts';
import { invitationLetter } from '#mail/letters.ts';
import { runtime } from '#runtime.ts';
import { channelsIn, roleIn } from './role-in-form.ts';

export type InviteState = {
  field?: 'email' | 'channels';
  problem?: string;
  invited?: { email: string; link: string; mail: 'sent' | 'failed' | 'none' };
  /** What was sent, to be mended. */
  given?: { email: string; role: Role; channels: string[] };
};

export const inviteHere = action([before, filled], async (_, form): Promise<InviteState> => {
  const author = await permitAccounts();
  const { accounts, mailer } = runtime();
  const given = { email: textOf(form, 'email'), role: roleIn(form), channels: channelsIn(form) };
  const invited = await inviteMember(accounts.sql, given, author);
  if (invited.status === 'invalid') return { ...invited, given };
  const { email, token } = invited;
  const link = `${await baseUrl()}/join/${token}`;
  const mail = mailer ? await mailer.send(invitationLetter(email, link)) : 'none';
  revalidatePath('/members');
  return { invited: { email, link, mail } };
});

export const withdrawHere = action([named], async (email): Promise<void> => {
  const author = await permitAccounts();
  await withdrawInvitation(runtime().accounts.sql, email, author);
  revalidatePath('/members');
});
