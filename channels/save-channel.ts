import type { Sql, Transaction } from '#db/client.ts';
import type { ChannelId } from '#db/schema.ts';
import { createChannel } from './create-channel.ts';

export type ChannelChanges = {
  name?: string | undefined;
  /** Patterns for the list of sites, as `originPattern` writes them. */
  addedOrigins: string[];
  removedOrigins: string[];
};

export type StoredChannel = {
  name: string;
  /** The sites whose players may count; none: every site. */
  origins: string[];
};

export type SavedChannel =
  | { status: 'made' | 'changed' | 'unchanged'; channel: StoredChannel }
  /** A pattern that is to leave the list does not stand on it; nothing was changed. */
  | { status: 'not_on_list'; patterns: string[]; origins: string[] };

/**
 * Makes the channel `handle` where it is missing, with its handle for a name unless told, and changes what `changes` names.
 * Servers that remember the channel's list are told after the commit.
 */
export async function saveChannel(sql: Sql, handle: string, changes: ChannelChanges): Promise<SavedChannel> {
  return sql.begin(async (transaction): Promise<SavedChannel> => {
    const found = await lockChannel(transaction, handle);
    const before = found && (await readChannel(transaction, found));
    const strange = changes.removedOrigins.filter((pattern) => !before?.origins.includes(pattern));
    if (strange.length > 0) return { status: 'not_on_list', patterns: strange, origins: before?.origins ?? [] };
    const id = found ?? (await createChannel(transaction, { handle, name: changes.name ?? handle }));
    if (!id) throw new Error(`Somebody else made ${handle} at this very moment: try again.`);
    await change(transaction, id, changes);
    const channel = await readChannel(transaction, id);
    if (!before) return { status: 'made', channel };
    return { status: JSON.stringify(channel) === JSON.stringify(before) ? 'unchanged' : 'changed', channel };
  });
}

/** Two that change one channel come one after the other. Undefined where there is none. */
async function lockChannel(sql: Transaction, handle: string): Promise<ChannelId | undefined> {
  const [row] = await sql<{ id: string }[]>`select id from channels where handle = ${handle} for update`;
  return row && (Number(row.id) as ChannelId);
}

async function change(sql: Transaction, id: ChannelId, { name, addedOrigins, removedOrigins }: ChannelChanges) {
  await sql`update channels set name = coalesce(${name ?? null}, name) where id = ${id}`;
  await sql`
    insert into allowed_origins (channel_id, pattern) select ${id}, unnest(${addedOrigins}::text[]) on conflict do nothing`;
  await sql`delete from allowed_origins where channel_id = ${id} and pattern = any(${removedOrigins}::text[])`;
  await sql`select pg_notify('boxoffice_channels', ${String(id)})`;
}

async function readChannel(sql: Transaction, id: ChannelId): Promise<StoredChannel> {
  const [row] = await sql<[StoredChannel]>`
    select name, array(select pattern from allowed_origins where channel_id = ${id} order by pattern) as origins
    from channels where id = ${id}`;
  return { name: row.name, origins: row.origins };
}
