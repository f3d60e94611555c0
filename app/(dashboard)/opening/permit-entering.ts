import { notFound } from 'next/navigation';
import type { Author } from '#accounts/audit-entries.ts';
import { permit, visitor } from '#app/permit.ts';
import type { Whose } from '#opening/whose.ts';

/** Whose videos the visitor enters counts for, and as whom; whoever manages no channel finds no page. */
export async function permitEntering(): Promise<{ whose: Whose; author: Author }> {
  const found = await visitor();
  const isCreator = found.kind === 'user' && found.role === 'creator' && found.channels.size > 0;
  const actor = isCreator ? found : await permit('channel:manage');
  // Nobody else has a permission to change anything.
  if (actor.kind !== 'user') notFound();
  const author = { actor: `user:${actor.id}`, now: new Date() } as const;
  return { whose: isCreator ? actor.channels : null, author };
}

/** For links to what is a 404 otherwise. */
export async function mayEnter(): Promise<boolean> {
  const actor = await visitor();
  return actor.kind === 'user' && (actor.role === 'admin' || (actor.role === 'creator' && actor.channels.size > 0));
}
