import type { Sql } from '#db/client.ts';
import type { ChannelId } from '#db/schema.ts';
import { createChannel } from './create-channel.ts';
import { findChannel } from './find-channel.ts';

/** The channel with this handle; where there is none yet, it is made with its handle as its name. */
export async function findOrCreateChannel(sql: Sql, handle: string): Promise<{ id: ChannelId; isNew: boolean }> {
  const made = await createChannel(sql, { handle, name: handle });
  const id = made ?? (await findChannel(sql, handle));
  if (!id) throw new Error(`The channel ${handle} could not be made.`);
  return { id, isNew: made !== undefined };
}
