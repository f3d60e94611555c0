import type { Sql, Transaction } from '#db/client.ts';
import type { ChannelId } from '#db/schema.ts';

/** The id of the channel with this handle; undefined if there is none. */
export async function findChannel(sql: Sql | Transaction, handle: string): Promise<ChannelId | undefined> {
  const [row] = await sql<{ id: string }[]>`select id::text as id from channels where handle = ${handle}`;
  return row && (Number(row.id) as ChannelId);
}
