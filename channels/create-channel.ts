import { z } from 'zod';
import type { Sql, Transaction } from '#db/client.ts';
import type { ChannelId } from '#db/schema.ts';
import { channelHandlePattern } from './channel-handle.ts';

export const channelHandle = z
  .string()
  .regex(channelHandlePattern, 'should be 1 to 63 of a-z 0-9 -, and not begin with -');

export const newChannel = z.object({
  handle: channelHandle,
  name: z.string().trim().min(1, 'should not be empty').max(200, 'should have 200 characters at most'),
  /** ISO 8601; now unless told. */
  createdAt: z.iso.datetime({ offset: true }).optional(),
});

export type NewChannel = z.infer<typeof newChannel>;

/** Makes a channel and returns its id; undefined where its handle is taken. */
export async function createChannel(sql: Sql | Transaction, channel: NewChannel): Promise<ChannelId | undefined> {
  const [row] = await sql<{ id: string }[]>`
    insert into channels (handle, name, created_at)
    values (${channel.handle}, ${channel.name}, coalesce(${channel.createdAt ?? null}::text::timestamptz, now()))
    on conflict (handle) do nothing
    returning id::text as id`;
  return row && (Number(row.id) as ChannelId);
}
