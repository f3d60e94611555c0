import { notFound } from 'next/navigation';
import type { Author } from '#accounts/audit-entries.ts';
import { permit } from '#app/permit.ts';

/** The first line of every action here: who may manage accounts, as the author of what they change. */
export async function manager(): Promise<Author> {
  const actor = await permit('accounts:manage');
  return actor.kind === 'user' ? { actor: `user:${actor.id}`, now: new Date() } : notFound();
}
