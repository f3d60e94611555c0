import { notFound } from 'next/navigation';
import type { Author } from '#accounts/audit-entries.ts';
import { channelsToManage } from '#app/managing.ts';
import type { Whose } from '#opening/whose.ts';

/** Whose videos the visitor enters counts for, and as whom; whoever manages no channel finds no page. */
export async function permitEntering(): Promise<{ whose: Whose; author: Author }> {
  const { ids, author } = await channelsToManage();
  if (ids?.length === 0) notFound();
  return { whose: ids && new Set(ids), author };
}
