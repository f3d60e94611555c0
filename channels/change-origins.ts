import { type Author, recordChange } from '#accounts/audit-entries.ts';
import type { Sql, Transaction } from '#db/client.ts';
import type { ChannelId } from '#db/schema.ts';
import { haveSite } from './change-counting.ts';
import { lockChannel } from './lock-channel.ts';

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
    if (before.length === after.length) return { status: 'unchanged' };
    if (!haveSite(channel, after)) return { status: 'needs_site' };
    await storeOrigins(tx, channel.id, after);
    const subject = `channel:${handle}` as const;
    const [was, is] = [{ sites: before }, { sites: after }];
    await recordChange(tx, author, { action: 'channel.change_sites', subject, before: was, after: is });
    await tx`select pg_notify('boxoffice_channels', ${String(channel.id)})`;
    return { status: 'changed' };
  });
}

async function storeOrigins(tx: Transaction, channel: ChannelId, patterns: string[]): Promise<void> {
  await tx`delete from allowed_origins where channel_id = ${channel} and pattern <> all(${patterns}::text[])`;
  await tx`
    insert into allowed_origins (channel_id, pattern) select ${channel}, unnest(${patterns}::text[])
    on conflict do nothing`;
}

async function originsOf(tx: Transaction, channel: ChannelId): Promise<string[]> {
  const rows = await tx<{ pattern: string }[]>`
    select pattern from allowed_origins where channel_id = ${channel} order by pattern`;
  return rows.map(({ pattern }) => pattern);
}
