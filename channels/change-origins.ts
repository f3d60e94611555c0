import { type Author, recordChange } from '#accounts/audit-entries.ts';
import type { Sql, Transaction } from '#db/client.ts';
import type { ChannelId } from '#db/schema.ts';
import { lockChannel } from './lock-channel.ts';

export type ChangedOrigins = {
  status: 'changed' | 'unchanged' | 'no_channel';
};

/** Lets a site count for a channel; `pattern` is as `originPattern` writes it. Servers are told after the commit. */
export function addOrigin(sql: Sql, handle: string, pattern: string, author: Author): Promise<ChangedOrigins> {
  return changeOrigins(sql, handle, author, async (tx, channel) => {
    await tx`
      insert into allowed_origins (channel_id, pattern) values (${channel}, ${pattern}) on conflict do nothing`;
  });
}

/** Takes a site off the list; with the last one every site counts. */
export function removeOrigin(sql: Sql, handle: string, pattern: string, author: Author): Promise<ChangedOrigins> {
  return changeOrigins(sql, handle, author, async (tx, channel) => {
    await tx`delete from allowed_origins where channel_id = ${channel} and pattern = ${pattern}`;
  });
}

async function changeOrigins(
  sql: Sql,
  handle: string,
  author: Author,
  change: (tx: Transaction, channel: ChannelId) => Promise<void>,
): Promise<ChangedOrigins> {
  return sql.begin(async (tx): Promise<ChangedOrigins> => {
    const channel = await lockChannel(tx, handle);
    if (!channel) return { status: 'no_channel' };
    const before = await originsOf(tx, channel.id);
    await change(tx, channel.id);
    const after = await originsOf(tx, channel.id);
    if (before.join() === after.join()) return { status: 'unchanged' };
    const subject = `channel:${handle}` as const;
    const [was, is] = [{ sites: before }, { sites: after }];
    await recordChange(tx, author, { action: 'channel.change_sites', subject, before: was, after: is });
    await tx`select pg_notify('boxoffice_channels', ${String(channel.id)})`;
    return { status: 'changed' };
  });
}

async function originsOf(tx: Transaction, channel: ChannelId): Promise<string[]> {
  const rows = await tx<{ pattern: string }[]>`
    select pattern from allowed_origins where channel_id = ${channel} order by pattern`;
  return rows.map(({ pattern }) => pattern);
}
