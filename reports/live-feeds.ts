// Who watches which subject. One read serves everybody who watches it, and none is asked for twice at a time.
import type { Subject } from './subject.ts';

export type LiveFeeds<Event> = {
  /** Calls the listener at once and after every refresh; returns what unsubscribes. `onEnd` is called by `end`. */
  subscribe(subject: Subject, listener: (event: Event) => void, onEnd?: () => void): () => void;
  /** Asks for a new read of every subject somebody watches. */
  refresh(): void;
  end(): void;
};

type Subscriber<Event> = { listener: (event: Event) => void; onEnd: () => void };
type Feed<Event> = {
  subject: Subject;
  subscribers: Set<Subscriber<Event>>;
  last: Event | undefined;
  isReading: boolean;
};

// Leaves connections of the pool to the pages.
const maxReads = 3;

/** Opens the feeds. A read that fails is reported; what was told before stands until the next refresh. */
export function openLiveFeeds<Event>(
  readNow: (subject: Subject) => Promise<Event>,
  onError: (error: unknown) => void,
): LiveFeeds<Event> {
  const feeds = new Map<string, Feed<Event>>();
  const waiting = new Set<Feed<Event>>();
  let reads = 0;
  let isEnded = false;

  function subscribe(subject: Subject, listener: (event: Event) => void, onEnd = () => {}): () => void {
    if (isEnded) {
      queueMicrotask(onEnd);
      return () => {};
    }
    const subscriber = { listener, onEnd };
    const key = JSON.stringify(subject);
    const feed: Feed<Event> = feeds.get(key) ?? { subject, subscribers: new Set(), last: undefined, isReading: false };
    feeds.set(key, feed);
    feed.subscribers.add(subscriber);
    queueMicrotask(() => {
      if (feed.last && feed.subscribers.has(subscriber)) listener(feed.last);
    });
    if (!feed.last && !feed.isReading) waiting.add(feed);
    readWaiting();
    return () => {
      feed.subscribers.delete(subscriber);
      if (feed.subscribers.size === 0 && feeds.get(key) === feed) feeds.delete(key);
    };
  }

  function refresh(): void {
    for (const feed of feeds.values()) waiting.add(feed);
    readWaiting();
  }

  function readWaiting(): void {
    for (const feed of waiting) {
      if (reads >= maxReads) return;
      // It stays in line: all that was asked for during a read is one read after it.
      if (feed.isReading) continue;
      waiting.delete(feed);
      if (feed.subscribers.size > 0) void read(feed);
    }
  }

  async function read(feed: Feed<Event>): Promise<void> {
    feed.isReading = true;
    reads++;
    try {
      feed.last = await readNow(feed.subject);
      for (const { listener } of feed.subscribers) listener(feed.last);
    } catch (error) {
      onError(error);
    } finally {
      feed.isReading = false;
      reads--;
      readWaiting();
    }
  }

  function end(): void {
    isEnded = true;
    const ended = [...feeds.values()].flatMap(({ subscribers }) => [...subscribers]);
    for (const { subscribers } of feeds.values()) subscribers.clear();
    feeds.clear();
    waiting.clear();
    for (const { onEnd } of ended) onEnd();
  }

  return { subscribe, refresh, end };
}
