'use server';

import { revalidatePath } from 'next/cache';
import { z } from 'zod';
import { createKey } from '#accounts/create-key.ts';
import { keyParts } from '#accounts/key-parts.ts';
import { action, before, filled } from '#app/action.ts';
import { permitAccounts } from '#app/managing.ts';
import { managedChannels } from '#channels/managed-channels.ts';
import { type FormState, problemsOf, refused, textOf } from '#components/form-state.ts';
import { runtime } from '#runtime.ts';

export type MakeKeyState = FormState & {
  /** Told this once. */
  made?: { name: string; key: string };
};

const newKey = z.object({
  name: keyParts.name,
  scopes: keyParts.scopes.refine((all) => all.length > 0, 'should be one at least'),
  expires: keyParts.expires.refine((time) => Date.parse(time) > Date.now(), 'should be in the future').optional(),
});

export const makeKey = action([before, filled], async (_, form): Promise<MakeKeyState> => {
  const author = await permitAccounts();
  const [scopes, handles] = [form.getAll('scopes').map(String), form.getAll('channels').map(String)];
  const { sql } = runtime().accounts;
  const channels = (await managedChannels(sql, null)).filter(({ handle }) => handles.includes(handle));
  const parsed = newKey.safeParse({
    name: textOf(form, 'name'),
    scopes,
    expires: textOf(form, 'expires') || undefined,
  });
  const isGone = channels.length < new Set(handles).size;
  if (!parsed.success || isGone) {
    const problems = {
      ...(isGone ? { channels: 'are not all there any more' } : {}),
      ...problemsOf(parsed.error?.issues ?? []),
    };
    const wrong = refused(form, problems, 'No key was made: see above.');
    return { ...wrong, given: { ...wrong.given, scopes: scopes.join(), channels: handles.join() } };
  }
  const { name, expires = null } = parsed.data;
  const channelIds = channels.length > 0 ? channels.map(({ id }) => id) : null;
  const { key } = await createKey(sql, { name, scopes: parsed.data.scopes, channelIds, expiresAt: expires }, author);
  revalidatePath('/keys');
  return { made: { name, key } };
});
