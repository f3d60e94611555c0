import { type Author, recordChange } from '#accounts/audit-entries.ts';
import type { Sql, Transaction } from '#db/client.ts';
import { createChannel, type NewChannel } from './create-channel.ts';

export type OpenedChannel = { status: 'made' | 'handle_taken' };

/** Makes a channel, and says so in the audit of changes. */
export async function openChannel(
  sql: Sql,
  channel: Pick<NewChannel, 'handle' | 'name'>,
  author: Author,
): Promise<OpenedChannel> {
  return sql.begin((tx): Promise<OpenedChannel> => openChannelIn(tx, channel, author));
}

/** The same within a transaction. */
export async function openChannelIn(
  tx: Transaction,
  { handle, name }: Pick<NewChannel, 'handle' | 'name'>,
  author: Author,
): Promise<OpenedChannel> {
  const made = await createChannel(tx, { handle, name });
  if (!made) return { status: 'handle_taken' };
  const [before, after] = [null, { handle, name }];
  await recordChange(tx, author, { action: 'channel.create', subject: `channel:${handle}`, before, after });
  return { status: 'made' };
}
