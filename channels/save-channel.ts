import type { Author } from '#accounts/audit-entries.ts';
import type { Sql, Transaction } from '#db/client.ts';
import type { ChannelId } from '#db/schema.ts';
import { type CountingRules, changedRules, haveSite, storeRules } from './change-counting.ts';
import { createChannel } from './create-channel.ts';
import { type LockedChannel, lockChannel } from './lock-channel.ts';

export type ChannelChanges = {
  name?: string | undefined;
  /** Patterns for the list of sites, as `originPattern` writes them. */
  addedOrigins: string[];
  removedOrigins: string[];
  counting: Partial<CountingRules>;
};

export type StoredChannel = {
  name: string;
  /** The sites whose players may count; none: every site. */
  origins: string[];
  counting: CountingRules;
};

export type SavedChannel =
  | { status: 'made' | 'changed' | 'unchanged'; channel: StoredChannel }
  /** A pattern that is to leave the list does not stand on it; nothing was changed. */
  | { status: 'not_on_list'; patterns: string[]; origins: string[] }
  /** Videos are made by views from sites that the channel names, and it would name none; nothing was changed. */
  | { status: 'needs_site' };

/**
 * Makes the channel `handle` where it is missing, with its handle for a name unless told, and changes what `changes` names.
 * Servers that remember the channel's list are told after the commit.
 */
export async function saveChannel(
  sql: Sql,
  handle: string,
  changes: ChannelChanges,
  author: Author,
): Promise<SavedChannel> {
  return sql.begin(async (tx): Promise<SavedChannel> => {
    const found = await lockChannel(tx, handle);
    const before = found && (await readChannel(tx, found));
    const origins = before?.origins ?? [];
    const strange = changes.removedOrigins.filter((pattern) => !origins.includes(pattern));
    if (strange.length > 0) return { status: 'not_on_list', patterns: strange, origins };
    const counting = changedRules(before?.counting ?? newRules, changes.counting);
    if (!haveSite(counting, changedOrigins(origins, changes))) return { status: 'needs_site' };
    const locked = found ?? (await makeChannel(tx, handle, changes.name ?? handle));
    await change(tx, locked.id, changes);
    await storeRules(tx, locked, counting, author);
    const channel = await readChannel(tx, { ...locked, ...counting });
    if (!before) return { status: 'made', channel };
    return { status: JSON.stringify(channel) === JSON.stringify(before) ? 'unchanged' : 'changed', channel };
  });
}

/** As the database makes them. */
const newRules: CountingRules = { firstViewVideosPerDay: 0, leavesOutMembers: true };

function changedOrigins(origins: string[], { addedOrigins, removedOrigins }: ChannelChanges): string[] {
  return [...origins, ...addedOrigins].filter((pattern) => !removedOrigins.includes(pattern));
}

async function makeChannel(tx: Transaction, handle: string, name: string): Promise<LockedChannel> {
  await createChannel(tx, { handle, name });
  const made = await lockChannel(tx, handle);
  if (!made) throw new Error(`The channel ${handle} could not be made: try again.`);
  return made;
}

async function change(tx: Transaction, id: ChannelId, { name, addedOrigins, removedOrigins }: ChannelChanges) {
  await tx`update channels set name = coalesce(${name ?? null}, name) where id = ${id}`;
  await tx`
    insert into allowed_origins (channel_id, pattern) select ${id}, unnest(${addedOrigins}::text[]) on conflict do nothing`;
  await tx`delete from allowed_origins where channel_id = ${id} and pattern = any(${removedOrigins}::text[])`;
  await tx`select pg_notify('boxoffice_channels', ${String(id)})`;
}

async function readChannel(tx: Transaction, { id, ...counting }: LockedChannel): Promise<StoredChannel> {
  const [row] = await tx<[{ name: string; origins: string[] }]>`
    select name, array(select pattern from allowed_origins where channel_id = ${id} order by pattern) as origins
    from channels where id = ${id}`;
  return { name: row.name, origins: row.origins, counting: changedRules(counting, {}) };
}
