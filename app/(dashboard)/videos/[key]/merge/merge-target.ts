import { isPermitted } from '#app/permit.ts';
import { runtime } from '#runtime.ts';
import { findVideo, type StoredVideo } from '#videos/find-video.ts';

type Target = { video: StoredVideo } | { video: undefined; problem: string };

/** The video with the key `into`, where the visitor may merge `key` into it. */
export async function mergeTarget(key: string, into: string): Promise<Target> {
  if (key === into) return { video: undefined, problem: 'This is its own key: name another video.' };
  const video = await findVideo(runtime().accounts.sql, into);
  const isOwn = video && (await isPermitted('channel:manage', { channel: video.channelId }));
  // Whether somebody else has such a video is not told.
  if (!video || !isOwn) return { video: undefined, problem: 'You manage no video with this key.' };
  return { video };
}
