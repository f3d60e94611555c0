// An archived channel takes no more videos. Those in it stay, are counted as before, and stand in every list: so all channels together
// remain the sum of those that are listed.
import { type Author, recordChange } from '#accounts/audit-entries.ts';
import type { Sql } from '#db/client.ts';
import { lockChannel } from './lock-channel.ts';

export type ArchivedChannel = { status: 'archived' | 'brought_back' | 'unchanged' } | { status: 'no_channel' };

export function archiveChannel(sql: Sql, handle: string, author: Author): Promise<ArchivedChannel> {
  return setArchived(sql, handle, true, author);
}

/** Lets it take videos again. */
export function bringChannelBack(sql: Sql, handle: string, author: Author): Promise<ArchivedChannel> {
  return setArchived(sql, handle, false, author);
}

async function setArchived(sql: Sql, handle: string, isArchived: boolean, author: Author): Promise<ArchivedChannel> {
  const at = isArchived ? author.now.toISOString() : null;
  return sql.begin(async (tx): Promise<ArchivedChannel> => {
    const channel = await lockChannel(tx, handle);
    if (!channel) return { status: 'no_channel' };
    if (channel.isArchived === isArchived) return { status: 'unchanged' };
    await tx`update channels set archived_at = ${at}::text::timestamptz where id = ${channel.id}`;
    await tx`select pg_notify('boxoffice_channels', ${String(channel.id)})`;
    const action = isArchived ? 'channel.archive' : 'channel.bring_back';
    const [before, after] = [{ isArchived: !isArchived }, { isArchived }];
    await recordChange(tx, author, { action, subject: `channel:${handle}`, before, after });
    return { status: isArchived ? 'archived' : 'brought_back' };
  });
}
