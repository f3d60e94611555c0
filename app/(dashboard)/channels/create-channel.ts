'use server';

import { redirect } from 'next/navigation';
import { action, before, filled } from '#app/action.ts';
import { authorOf } from '#app/managing.ts';
import { permit } from '#app/permit.ts';
import { newChannel } from '#channels/create-channel.ts';
import { openChannel } from '#channels/open-channel.ts';
import { type FormState, problemsOf, refused, textOf } from '#components/form-state.ts';
import { runtime } from '#runtime.ts';

/** Admins only: a creator is given channels. */
export const createChannel = action([before, filled], async (_, form): Promise<FormState> => {
  const author = authorOf(await permit('channel:manage'));
  const parsed = newChannel
    .pick({ handle: true, name: true })
    .safeParse({ handle: textOf(form, 'handle'), name: textOf(form, 'name') });
  if (!parsed.success) return refused(form, problemsOf(parsed.error.issues), 'No channel was made: see above.');
  const { status } = await openChannel(runtime().accounts.sql, parsed.data, author);
  if (status === 'handle_taken')
    return refused(form, { handle: 'is another channel’s' }, 'No channel was made: see above.');
  redirect(`/channels/${parsed.data.handle}/settings?said=made`);
});
