import type { Author } from '#accounts/audit-entries.ts';
import { openChannel } from '#channels/open-channel.ts';
import type { Sql } from '#db/client.ts';
import { changeVideo } from './change-video.ts';
import type { NewVideo } from './create-videos.ts';
import { findRemovedVideo, findVideo, type RemovedVideo, type StoredVideo } from './find-video.ts';
import { makeVideo } from './make-video.ts';

export type VideoFields = Partial<Omit<NewVideo, 'key'>>;

export type SavedVideo =
  | { status: 'made'; isChannelNew: boolean; video: StoredVideo }
  | { status: 'changed' | 'unchanged'; video: StoredVideo }
  /** Its key was a video's that was merged or deleted: it is not given again. */
  | ({ status: 'removed' } & Pick<RemovedVideo, 'mergedInto'>)
  /** A video that is to be made needs a channel. */
  | { status: 'needs_channel' }
  /** It stands in another channel than `channel`; nothing was changed. */
  | { status: 'in_other_channel'; video: StoredVideo };

/** Makes the video `key` in `channel`, which is made where it is missing; of a video that exists, changes its fields. */
export async function saveVideo(
  sql: Sql,
  key: string,
  channel: string | undefined,
  fields: VideoFields,
  author: Author,
): Promise<SavedVideo> {
  const found = await findVideo(sql, key);
  const removed = found ? undefined : await findRemovedVideo(sql, key);
  if (removed) return { status: 'removed', mergedInto: removed.mergedInto };
  if (!found) return channel ? make(sql, key, channel, fields, author) : { status: 'needs_channel' };
  if (channel && channel !== found.channel) return { status: 'in_other_channel', video: found };
  const { status } = await changeVideo(sql, key, fields, author);
  return { status: status === 'changed' ? 'changed' : 'unchanged', video: await mustFind(sql, key) };
}

/** The key is the title unless told. */
async function make(sql: Sql, key: string, channel: string, fields: VideoFields, author: Author): Promise<SavedVideo> {
  const opened = await openChannel(sql, { handle: channel, name: channel }, author);
  const made = await makeVideo(sql, channel, { ...fields, key, title: fields.title ?? key }, author);
  if (made.status === 'channel_archived')
    throw new Error(`The channel ${channel} is archived and takes no more videos: name another, or bring it back.`);
  if (made.status !== 'made') throw new Error(`Somebody else made ${key} at this very moment: try again.`);
  return { status: 'made', isChannelNew: opened.status === 'made', video: await mustFind(sql, key) };
}

async function mustFind(sql: Sql, key: string): Promise<StoredVideo> {
  const video = await findVideo(sql, key);
  if (!video) throw new Error(`The video ${key} is gone.`);
  return video;
}
