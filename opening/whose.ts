// Whose videos somebody may enter counts for. A video that was merged stands where the one that it counts for stands.
import type { Fragment, Sql, Transaction } from '#db/client.ts';
import type { ChannelId } from '#db/schema.ts';

/** Of these channels; null: of every one. */
export type Whose = Iterable<ChannelId> | null;

/** Whether the video `t` is in one of them. */
export function isTheirs(sql: Sql | Transaction, whose: Whose): Fragment {
  return whose ? sql`t.channel_id = any(${[...whose]}::bigint[])` : sql`true`;
}
