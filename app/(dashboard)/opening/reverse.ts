'use server';

import { revalidatePath } from 'next/cache';
import { notFound } from 'next/navigation';
import { reverseEntry } from '#opening/reverse-entry.ts';
import { runtime } from '#runtime.ts';
import { permitEntering } from './permit-entering.ts';

/** Takes back an entry all of whose videos the visitor manages. The list says by whom, also where somebody else was first. */
export async function reverse(form: FormData): Promise<void> {
  const { whose, author } = await permitEntering();
  const reversed = await reverseEntry(runtime().accounts.sql, Number(form.get('entry')), whose, author);
  if (reversed.status === 'unknown' || reversed.status === 'of_others') notFound();
  revalidatePath('/', 'layout');
}
