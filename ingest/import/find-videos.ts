// Which videos the lines of a batch mean; makes those that are missing where the import was told to.
import { LRUCache } from 'lru-cache';
import { findOrCreateChannel } from '#channels/find-or-create-channel.ts';
import type { Sql } from '#db/client.ts';
import type { ChannelId, VideoId } from '#db/schema.ts';
import { createVideos, type NewVideo, newVideo } from '#videos/create-videos.ts';
import type { VideoDirectory } from '../video-directory.ts';
import { viewedAtOf } from '../view-id.ts';
import type { LineView } from './line-view.ts';

export type FindVideos = {
  /** Ids by key; a key without a video is absent. */
  find(views: LineView[]): Promise<Map<string, VideoId>>;
  made(): number;
};

/** Videos that exist. */
export function existingVideos(directory: VideoDirectory): FindVideos {
  return { find: (views) => lookUp(directory, views), made: () => 0 };
}

/** Videos that exist, and in the channel `handle` those that do not; the channel itself is made when it is needed. */
export function existingOrNewVideos(directory: VideoDirectory, sql: Sql, handle: string): FindVideos {
  let channel: ChannelId | undefined;
  let made = 0;
  return {
    async find(views) {
      const found = await lookUp(directory, views);
      const missing = views.filter(({ video }) => !found.has(video));
      if (missing.length === 0) return found;
      channel ??= (await findOrCreateChannel(sql, handle)).id;
      const created = await createVideos(sql, channel, firstViews(missing).map(videoOf));
      made += created.size;
      for (const { video } of missing) directory.forget(video);
      // What another import made meanwhile is found by now.
      return lookUp(directory, views);
    },
    made: () => made,
  };
}

/** As a dry run sees it: a missing video gets the id 0, and is counted once. */
export function pretendedVideos(directory: VideoDirectory): FindVideos {
  const made = new LRUCache<string, true>({ max: 1_000_000 });
  return {
    async find(views) {
      const found = await lookUp(directory, views);
      for (const { video } of views) {
        if (found.has(video)) continue;
        found.set(video, 0 as VideoId);
        made.set(video, true);
      }
      return found;
    },
    made: () => made.size,
  };
}

async function lookUp(directory: VideoDirectory, views: LineView[]): Promise<Map<string, VideoId>> {
  const open = new Set(views.map(({ video }) => video));
  const found = new Map<string, VideoId>();
  // A key may be forgotten while others are looked up, when the news of its video comes in: then it is asked again.
  while (true) {
    for (const key of open) {
      const video = directory.peek(key);
      if (video) found.set(key, video.id);
      if (video !== undefined) open.delete(key);
    }
    if (open.size === 0) return found;
    await directory.load([...open]);
  }
}

function firstViews(views: LineView[]): LineView[] {
  const first = new Map<string, LineView>();
  for (const view of views) {
    const known = first.get(view.video);
    if (!known || view.id < known.id) first.set(view.video, view);
  }
  return [...first.values()];
}

/** It was published when it was first seen, as far as the batch tells. No view is lost for a source that is none. */
function videoOf(view: LineView): NewVideo {
  const { sourceUrl, durationSeconds } = newVideo.shape;
  return newVideo.parse({
    key: view.video,
    title: view.title.slice(0, 500),
    sourceUrl: sourceUrl.safeParse(view.source).data,
    durationSeconds: durationSeconds.safeParse(Math.round(Number(view.duration))).data,
    publishedAt: new Date(viewedAtOf(view.id)).toISOString(),
  });
}
