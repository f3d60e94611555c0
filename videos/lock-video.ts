import type { Transaction } from '#db/client.ts';
import type { ChannelId, VideoId } from '#db/schema.ts';

export type LockedVideo = { id: VideoId; key: string; channelId: ChannelId; channel: string };

/**
 * The video with this key, which nobody changes until the transaction ends; views of it go on being recorded. Undefined where there is
 * none, or it was merged or deleted.
 */
export async function lockVideo(tx: Transaction, key: string): Promise<LockedVideo | undefined> {
  const [video] = await tx<LockedVideo[]>`
    select v.id::float8 as id, v.key, c.id::float8 as "channelId", c.handle as channel
    from videos v join channels c on c.id = v.channel_id
    where v.key = ${key} and v.removed_at is null
    for no key update of v`;
  return video;
}

export type MergedVideo = LockedVideo & { into: Pick<LockedVideo, 'id' | 'key' | 'channelId'> };

/** The same of a video that was merged, with the one that its views count for. */
export async function lockMergedVideo(tx: Transaction, key: string): Promise<MergedVideo | undefined> {
  const [video] = await tx<MergedVideo[]>`
    select v.id::float8 as id, v.key, c.id::float8 as "channelId", c.handle as channel,
      json_build_object('id', t.id, 'key', t.key, 'channelId', t.channel_id) as into
    from videos v join channels c on c.id = v.channel_id join videos t on t.id = v.merged_into
    where v.key = ${key} and v.removed_at is not null
    for no key update of v, t`;
  return video;
}

/** What was merged into a video, by key. */
export async function lockMergedInto(tx: Transaction, video: VideoId): Promise<{ id: VideoId; key: string }[]> {
  return tx<{ id: VideoId; key: string }[]>`
    select v.id::float8 as id, v.key from videos v
    where v.removed_at is not null and v.merged_into = ${video}
    order by v.key
    for no key update`;
}
