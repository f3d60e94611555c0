import { type Author, recordChange } from '#accounts/audit-entries.ts';
import type { Sql, Transaction } from '#db/client.ts';
import type { NewChannel } from './create-channel.ts';
import { lockChannel } from './lock-channel.ts';

/** As `newChannel` (create-channel.ts) parses them. */
export type ChannelChanges = Partial<Pick<NewChannel, 'handle' | 'name'>>;

export type ChangedChannel =
  /** `handle` is the one it has now; the old one leads nowhere. */
  | { status: 'changed' | 'unchanged'; handle: string }
  | { status: 'no_channel' }
  /** Another channel has the handle that it was to get. */
  | { status: 'handle_taken' };

/** Gives the channel `handle` the name or the handle that `changes` has. What was counted is not touched: a channel is its id. */
export async function changeChannel(
  sql: Sql,
  handle: string,
  changes: ChannelChanges,
  author: Author,
): Promise<ChangedChannel> {
  return sql.begin((tx): Promise<ChangedChannel> => changeChannelIn(tx, handle, changes, author));
}

/** The same within a transaction. */
export async function changeChannelIn(
  tx: Transaction,
  handle: string,
  changes: ChannelChanges,
  author: Author,
): Promise<ChangedChannel> {
  const channel = await lockChannel(tx, handle);
  if (!channel) return { status: 'no_channel' };
  const before = { handle, name: channel.name };
  const after = { handle: changes.handle ?? handle, name: changes.name ?? channel.name };
  if (after.handle === handle && after.name === channel.name) return { status: 'unchanged', handle };
  const [isDone] = await tx`
    update channels set handle = ${after.handle}, name = ${after.name}
    where id = ${channel.id} and not exists (select from channels o where o.handle = ${after.handle} and o.id <> ${channel.id})
    returning id`;
  if (!isDone) return { status: 'handle_taken' };
  await tx`select pg_notify('boxoffice_channels', ${String(channel.id)})`;
  await recordChange(tx, author, { action: 'channel.change', subject: `channel:${handle}`, before, after });
  return { status: 'changed', handle: after.handle };
}
