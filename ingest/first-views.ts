// Views of keys that no video has: where a channel lets them, the first makes the video. A flood of made-up keys costs what the channel
// makes in a day, one transaction in flight, and nothing once the day is full.
import { LRUCache } from 'lru-cache';
import type { Sql } from '#db/client.ts';
import { withDeadline } from '#db/deadline.ts';
import {
  createAtFirstView,
  type FirstViewed,
  type FirstViewOutcome,
  titleOfPage,
} from '#videos/create-at-first-view.ts';
import { channelFor, type FirstViewChannel, openFirstViewChannels } from './first-view-channels.ts';
import { isLeftOut } from './own-view.ts';
import { screenTime } from './screen.ts';
import type { Sender } from './sender.ts';
import type { Rejection, SentView } from './wire.ts';

export type FirstViews = {
  /** Makes the videos that `views`, whose keys are all unknown, may make at `now` (milliseconds). */
  make(views: SentView[], sender: Sender, now: number): Promise<MadeVideos>;
};

export type MadeVideos = {
  /** The keys that have a video now, as far as is known. */
  found: string[];
  /** Why there is none, where there is more to say than that the key is unknown. */
  rejections: Map<SentView, Rejection>;
};

type Outcomes = Map<FirstViewChannel, Map<string, FirstViewOutcome>>;

const maxTaken = 100_000;
const takenForMs = 60_000;
const deadlineMs = 5_000;

export async function openFirstViews(sql: Sql): Promise<FirstViews> {
  const channels = await openFirstViewChannels(sql);
  const create = openCreation(sql);
  // Keys that were asked for and have, or had, a video: those that stay unknown are of deleted ones.
  const taken = new LRUCache<string, true>({ max: maxTaken, ttl: takenForMs });

  return {
    async make(views, sender, now) {
      const list = await channels.list(now);
      const made: MadeVideos = { found: [], rejections: new Map() };
      const asked = new Map<SentView, FirstViewChannel>();
      for (const view of list.length > 0 ? views : []) {
        if (taken.has(view.video)) continue;
        const channel = screenFirst(list, view, sender, now);
        if (channel && 'reason' in channel) made.rejections.set(view, channel);
        else if (channel) asked.set(view, channel);
      }
      const outcomes = await create(asked, now);
      for (const [view, channel] of asked) {
        const outcome = outcomes.get(channel)?.get(view.video);
        if (outcome === 'there') taken.set(view.video, true);
        if (outcome === 'over_limit') made.rejections.set(view, { reason: 'too_many_videos' });
        else if (outcome !== 'off') made.found.push(view.video);
      }
      return made;
    },
  };
}

type Create = (asked: Map<SentView, FirstViewChannel>, now: number) => Promise<Outcomes>;

/** Those asked for together, or while others are made, share a transaction. */
function openCreation(sql: Sql): Create {
  let waiting = new Map<FirstViewChannel, Map<string, FirstViewed>>();
  let running: Promise<Outcomes> | undefined;
  let next: Promise<Outcomes> | undefined;

  async function createWaiting(now: number): Promise<Outcomes> {
    const asked = waiting;
    waiting = new Map();
    const all: Outcomes = new Map();
    for (const [channel, videos] of asked) {
      const { outcomes, dayEndsAt } = await createAtFirstView(sql, channel.id, [...videos.values()], now);
      all.set(channel, outcomes);
      if ([...outcomes.values()].includes('over_limit')) channel.fullUntil = dayEndsAt;
    }
    return all;
  }

  return async (asked, now) => {
    if (asked.size === 0) return new Map();
    for (const [{ video: key, title }, channel] of asked) {
      const videos = waiting.get(channel) ?? new Map<string, FirstViewed>();
      if (!videos.has(key)) videos.set(key, { key, title: titleOfPage(title, key) });
      waiting.set(channel, videos);
    }
    next ??= Promise.resolve(running)
      .catch(() => {})
      .then(() => {
        next = undefined;
        running = withDeadline(createWaiting(now), deadlineMs);
        return running;
      });
    return next;
  };
}

/** The channel in which a view makes a video, or why it makes none; undefined where none would. */
function screenFirst(
  channels: FirstViewChannel[],
  view: SentView,
  sender: Sender,
  now: number,
): FirstViewChannel | Rejection | undefined {
  const channel = channelFor(channels, sender, view.channel);
  if (channel === undefined) return undefined;
  if (typeof channel === 'string') return { reason: 'unknown_video', message: messages[channel] };
  // What would not be counted makes no video.
  if (isLeftOut(channel, sender)) return { reason: 'own_view' };
  const untimely = screenTime(view, now);
  if (untimely) return untimely;
  return now < channel.fullUntil ? { reason: 'too_many_videos' } : channel;
}

const messages = {
  several: 'several channels make videos at their first view for this sender: name one with data-channel, or channel',
  other: 'the channel that the view names makes no videos at their first view for this sender',
};
