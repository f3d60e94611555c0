import type { Sql } from '#db/client.ts';
import type { ChannelId } from '#db/schema.ts';
import { createChannel } from './create-channel.ts';
import { findChannel, isArchived } from './find-channel.ts';

/** The channel with this handle; where there is none yet, it is made with its handle as its name. Throws where it is archived. */
export async function findOrCreateChannel(sql: Sql, handle: string): Promise<{ id: ChannelId; isNew: boolean }> {
  const made = await createChannel(sql, { handle, name: handle });
  const id = made ?? (await findChannel(sql, handle));
  if (!id) throw new Error(`The channel ${handle} could not be made.`);
  if (!made && (await isArchived(sql, id)))
    throw new Error(`The channel ${handle} is archived and takes no more videos: name another, or bring it back.`);
  return { id, isNew: made !== undefined };
}
