import type { Transaction } from '#db/client.ts';
import type { ChannelId } from '#db/schema.ts';

/** The patterns on a channel's list of sites, sorted. */
export async function originsOf(tx: Transaction, channel: ChannelId): Promise<string[]> {
  const rows = await tx<{ pattern: string }[]>`
    select pattern from allowed_origins where channel_id = ${channel} order by pattern collate "C"`;
  return rows.map(({ pattern }) => pattern);
}
