import type { Transaction } from '#db/client.ts';
import type { ChannelId, VideoId } from '#db/schema.ts';

export type LockedVideo = { id: VideoId; key: string; title: string; channelId: ChannelId; channel: string };

/** The video with this key, which nobody changes until the transaction ends; views of it go on being recorded. */
export async function lockVideo(tx: Transaction, key: string): Promise<LockedVideo | undefined> {
  const [video] = await tx<LockedVideo[]>`
    select v.id::float8 as id, v.key, v.title, c.id::float8 as "channelId", c.handle as channel
    from videos v join channels c on c.id = v.channel_id
    where v.key = ${key}
    for no key update of v`;
  return video;
}
