import type { Transaction } from '#db/client.ts';
import type { ChannelId } from '#db/schema.ts';

export type LockedChannel = {
  id: ChannelId;
  handle: string;
  name: string;
  isArchived: boolean;
  firstViewVideosPerDay: number;
  leavesOutMembers: boolean;
};

/** The channel with this handle, which nobody changes until the transaction ends; whoever makes a video in it meanwhile waits. */
export async function lockChannel(tx: Transaction, handle: string): Promise<LockedChannel | undefined> {
  const [channel] = await tx<LockedChannel[]>`
    select id::float8 as id, handle, name, archived_at is not null as "isArchived",
      first_view_videos_per_day as "firstViewVideosPerDay", leaves_out_members as "leavesOutMembers"
    from channels where handle = ${handle}
    for update`;
  return channel;
}
