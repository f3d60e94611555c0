'use server';

import { revalidatePath } from 'next/cache';
import { notFound } from 'next/navigation';
import { action } from '#app/action.ts';
import { channelsToManage } from '#app/managing.ts';
import type { FormState } from '#components/form-state.ts';
import { entryNumber, reverseEntry } from '#opening/reverse-entry.ts';
import { runtime } from '#runtime.ts';

/**
 * Takes back an entry all of whose videos the visitor manages. The list, read again, says by whom, also where somebody else was first.
 */
export const reverse = action([entryNumber], async (entry): Promise<FormState> => {
  const { ids: whose, author } = await channelsToManage();
  const reversed = await reverseEntry(runtime().accounts.sql, entry, whose, author);
  if (reversed.status === 'unknown' || reversed.status === 'of_others') notFound();
  revalidatePath('/', 'layout');
  return {};
});
