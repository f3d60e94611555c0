import { type Author, recordChange } from '#accounts/audit-entries.ts';
import type { Sql, Transaction } from '#db/client.ts';
import { haveSite } from './change-counting.ts';
import { type LockedChannel, lockChannel } from './lock-channel.ts';
import { originsOf } from './origins-of.ts';

export type ChangedOrigins = {
  /** `needs_site`: first views make videos, which takes a site that the list names; nothing was changed. */
  status: 'changed' | 'unchanged' | 'no_channel' | 'needs_site';
};

/** Lets a site count for a channel; `pattern` is as `originPattern` writes it. Servers are told after the commit. */
export function addOrigin(sql: Sql, handle: string, pattern: string, author: Author): Promise<ChangedOrigins> {
  return changeOrigins(sql, handle, author, (sites) => [...new Set([...sites, pattern])].toSorted());
}

/** Takes a site off the list; with the last one every site counts. */
export function removeOrigin(sql: Sql, handle: string, pattern: string, author: Author): Promise<ChangedOrigins> {
  return changeOrigins(sql, handle, author, (sites) => sites.filter((site) => site !== pattern));
}

async function changeOrigins(
  sql: Sql,
  handle: string,
  author: Author,
  change: (sites: string[]) => string[],
): Promise<ChangedOrigins> {
  return sql.begin(async (tx): Promise<ChangedOrigins> => {
    const channel = await lockChannel(tx, handle);
    if (!channel) return { status: 'no_channel' };
    const before = await originsOf(tx, channel.id);
    const after = change(before);
    if (!haveSite(channel, after)) return { status: 'needs_site' };
    return { status: (await storeOrigins(tx, channel, { before, after }, author)) ? 'changed' : 'unchanged' };
  });
}

/** Writes the list and the entry that says so; false where it is so already. */
export async function storeOrigins(
  tx: Transaction,
  { id, handle }: LockedChannel,
  { before, after }: { before: string[]; after: string[] },
  author: Author,
): Promise<boolean> {
  if (before.join() === after.join()) return false;
  await tx`delete from allowed_origins where channel_id = ${id} and pattern <> all(${after}::text[])`;
  await tx`
    insert into allowed_origins (channel_id, pattern) select ${id}, unnest(${after}::text[]) on conflict do nothing`;
  const subject = `channel:${handle}` as const;
  const [was, is] = [{ sites: before }, { sites: after }];
  await recordChange(tx, author, { action: 'channel.change_sites', subject, before: was, after: is });
  await tx`select pg_notify('boxoffice_channels', ${String(id)})`;
  return true;
}
