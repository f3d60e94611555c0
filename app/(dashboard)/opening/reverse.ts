'use server';

import { revalidatePath } from 'next/cache';
import { notFound } from 'next/navigation';
import { action, filled } from '#app/action.ts';
import { entryNumber, reverseEntry } from '#opening/reverse-entry.ts';
import { runtime } from '#runtime.ts';
import { permitEntering } from './permit-entering.ts';

/** Takes back an entry all of whose videos the visitor manages. The list says by whom, also where somebody else was first. */
export const reverse = action([filled], async (form): Promise<void> => {
  const { whose, author } = await permitEntering();
  const entry = entryNumber.safeParse(form.get('entry'));
  if (!entry.success) notFound();
  const reversed = await reverseEntry(runtime().accounts.sql, entry.data, whose, author);
  if (reversed.status === 'unknown' || reversed.status === 'of_others') notFound();
  revalidatePath('/', 'layout');
});
