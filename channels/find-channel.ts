import type { Sql, Transaction } from '#db/client.ts';
import type { ChannelId } from '#db/schema.ts';

/** The id of the channel with this handle; undefined if there is none. */
export async function findChannel(sql: Sql | Transaction, handle: string): Promise<ChannelId | undefined> {
  const [row] = await sql<{ id: string }[]>`select id::text as id from channels where handle = ${handle}`;
  return row && (Number(row.id) as ChannelId);
}

/** Whether a channel takes no more videos. */
export async function isArchived(sql: Sql | Transaction, channel: ChannelId): Promise<boolean> {
  const found = await sql`select from channels where id = ${channel} and archived_at is not null`;
  return found.count > 0;
}
