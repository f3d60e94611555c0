import type { Author } from '#accounts/audit-entries.ts';
import type { Sql, Transaction } from '#db/client.ts';
import { changeChannelIn } from './change-channel.ts';
import { type CountingRules, changedRules, haveSite, storeRules } from './change-counting.ts';
import { storeOrigins } from './change-origins.ts';
import { type LockedChannel, lockChannel } from './lock-channel.ts';
import { openChannelIn } from './open-channel.ts';
import { originsOf } from './origins-of.ts';

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
    const before = found ? await originsOf(tx, found.id) : [];
    const strange = changes.removedOrigins.filter((pattern) => !before.includes(pattern));
    if (strange.length > 0) return { status: 'not_on_list', patterns: strange, origins: before };
    const counting = changedRules(found ?? newRules, changes.counting);
    const after = changedOrigins(before, changes);
    if (!haveSite(counting, after)) return { status: 'needs_site' };
    const channel = found ?? (await makeChannel(tx, handle, changes.name ?? handle, author));
    const areNew = [
      await changeChannelIn(tx, handle, { name: changes.name }, author).then(({ status }) => status === 'changed'),
      await storeOrigins(tx, channel, { before, after }, author),
      await storeRules(tx, channel, counting, author),
    ];
    const stored = { name: changes.name ?? channel.name, origins: after, counting };
    if (!found) return { status: 'made', channel: stored };
    return { status: areNew.includes(true) ? 'changed' : 'unchanged', channel: stored };
  });
}

/** As the database makes them. */
const newRules: CountingRules = { firstViewVideosPerDay: 0, leavesOutMembers: true };

function changedOrigins(origins: string[], { addedOrigins, removedOrigins }: ChannelChanges): string[] {
  const changed = [...origins, ...addedOrigins].filter((pattern) => !removedOrigins.includes(pattern));
  return [...new Set(changed)].toSorted();
}

async function makeChannel(tx: Transaction, handle: string, name: string, author: Author): Promise<LockedChannel> {
  await openChannelIn(tx, { handle, name }, author);
  const made = await lockChannel(tx, handle);
  if (!made) throw new Error(`The channel ${handle} could not be made: try again.`);
  return made;
}
