// Which video a key means, and who may count for it, from memory: the hot path asks the database only for keys it has not met.
import { LRUCache } from 'lru-cache';
import type { Sql } from '#db/client.ts';
import { withDeadline } from '#db/deadline.ts';
import type { ChannelId, VideoId } from '#db/schema.ts';
import { type OriginRule, originRule } from './origin-rule.ts';

export type KnownVideo = { id: VideoId; channel: KnownChannel };
/** One for all videos of a channel, so that a change of its list reaches them all. */
export type KnownChannel = {
  id: ChannelId;
  /** Null: every site may count. */
  origins: OriginRule | null;
  /** Whether views of its own people are not counted. */
  leavesOutMembers: boolean;
  isOutdated: boolean;
};

export type VideoDirectory = {
  /**
   * The video, null if there is none or it was deleted, undefined if it is not known yet: then `load` it. One that was merged keeps
   * its own id, so that a view of it that is sent again is known; for whom it counts, the rollup says.
   */
  peek(key: string): KnownVideo | null | undefined;
  /** Looks up keys; those asked for together, or while a look-up runs, share one query. */
  load(keys: string[]): Promise<void>;
  forget(key: string): void;
};

type Row = { key: string; id: string; channel: string; leavesOutMembers: boolean; patterns: string[] };

const maxKnown = 1_000_000;
// A flood of made-up keys pushes out other made-up keys, never real ones.
const maxUnknown = 200_000;
const unknownForMs = 60_000;
const deadlineMs = 5_000;

/**
 * Starts a directory. It listens for `boxoffice_videos`, sent with a key whenever a video is made or changed, and for
 * `boxoffice_channels`, sent with an id whenever a channel or its list of sites changes.
 */
export async function openVideoDirectory(sql: Sql): Promise<VideoDirectory> {
  const known = new LRUCache<string, KnownVideo>({ max: maxKnown });
  const unknown = new LRUCache<string, true>({ max: maxUnknown, ttl: unknownForMs });
  const channels = new Map<number, KnownChannel>();
  // A look-up that began before a change may answer after it: what it says of these is not kept.
  let changed = new Changes();
  const forget = (key: string) => {
    changed.keys.add(key);
    known.delete(key);
    unknown.delete(key);
  };
  const forgetChannel = (id: number) => {
    changed.channels.add(id);
    const channel = channels.get(id);
    if (channel) channel.isOutdated = true;
    channels.delete(id);
  };
  // Notifications sent while the listener was cut off are lost, so everything is asked anew after it.
  const forgetAll = () => {
    changed.isEverything = true;
    known.clear();
    unknown.clear();
    channels.clear();
  };
  await sql.listen('boxoffice_videos', (key) => (key ? forget(key) : forgetAll()), forgetAll);
  await sql.listen('boxoffice_channels', (id) => (id ? forgetChannel(Number(id)) : forgetAll()), forgetAll);

  let waiting = new Set<string>();
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;

  async function lookUp(): Promise<void> {
    const keys = [...waiting];
    waiting = new Set();
    changed = new Changes();
    const since = changed;
    const found = await findVideos(sql, keys);
    // It was given up, and another look-up has begun, which sees the changes from then on.
    if (since !== changed) return;
    for (const row of found) if (!since.concern(row.key, row.channel)) known.set(row.key, videoOf(row));
    const isFound = new Set(found.map(({ key }) => key));
    for (const key of keys) if (!isFound.has(key) && !since.concern(key)) unknown.set(key, true);
  }

  function videoOf({ id, channel, leavesOutMembers, patterns }: Row): KnownVideo {
    const channelId = Number(channel) as ChannelId;
    let shared = channels.get(channelId);
    if (!shared) {
      shared = { id: channelId, origins: originRule(patterns), leavesOutMembers, isOutdated: false };
      channels.set(channelId, shared);
    }
    return { id: Number(id) as VideoId, channel: shared };
  }

  function load(keys: string[]): Promise<void> {
    for (const key of keys) waiting.add(key);
    next ??= (running ?? Promise.resolve())
      .catch(() => {})
      .then(() => {
        next = undefined;
        running = withDeadline(lookUp(), deadlineMs);
        return running;
      });
    return next;
  }

  return {
    peek(key) {
      const video = known.get(key);
      if (video) return video.channel.isOutdated ? undefined : video;
      return unknown.has(key) ? null : undefined;
    },
    load,
    forget,
  };
}

/** What changed while a look-up ran. */
class Changes {
  readonly keys = new Set<string>();
  readonly channels = new Set<number>();
  isEverything = false;

  concern(key: string, channel?: string): boolean {
    return this.isEverything || this.keys.has(key) || (channel !== undefined && this.channels.has(Number(channel)));
  }
}

async function findVideos(sql: Sql, keys: string[]): Promise<Row[]> {
  return sql<Row[]>`
    select v.key, v.id, v.channel_id as channel, c.leaves_out_members as "leavesOutMembers",
      array(select o.pattern from allowed_origins o where o.channel_id = v.channel_id) as patterns
    from videos v join channels c on c.id = v.channel_id
    where v.key = any(${keys}::text[]) and (v.removed_at is null or v.merged_into is not null)`;
}
