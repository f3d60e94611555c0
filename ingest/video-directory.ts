// Which video a key means, from memory: the hot path asks the database only for keys it has not met.
import { LRUCache } from 'lru-cache';
import type { Sql } from '#db/client.ts';
import { withDeadline } from '#db/deadline.ts';
import type { VideoId } from '#db/schema.ts';

export type VideoDirectory = {
  /**
   * The video's id, null if there is none or it was deleted, undefined if it is not known yet: then `load` it. One that was merged keeps
   * its own id, so that a view of it that is sent again is known; for whom it counts, the rollup says.
   */
  peek(key: string): VideoId | null | undefined;
  /** Looks up keys; those asked for together, or while a look-up runs, share one query. */
  load(keys: string[]): Promise<void>;
  forget(key: string): void;
};

const maxKnown = 1_000_000;
// A flood of made-up keys pushes out other made-up keys, never real ones.
const maxUnknown = 200_000;
const unknownForMs = 60_000;
const deadlineMs = 5_000;

/** Starts a directory. It listens for `boxoffice_videos`, sent with a key whenever a video is made or changed. */
export async function openVideoDirectory(sql: Sql): Promise<VideoDirectory> {
  const known = new LRUCache<string, VideoId>({ max: maxKnown });
  const unknown = new LRUCache<string, true>({ max: maxUnknown, ttl: unknownForMs });
  // A look-up that began before a change may answer after it: what it says of these keys is not kept.
  let changed = new Set<string>();
  const forget = (key: string) => {
    changed.add(key);
    known.delete(key);
    unknown.delete(key);
  };
  // Notifications sent while the listener was cut off are lost, so everything is asked anew after it.
  const forgetAll = () => {
    known.clear();
    unknown.clear();
  };
  await sql.listen('boxoffice_videos', (key) => (key ? forget(key) : forgetAll()), forgetAll);

  let waiting = new Set<string>();
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;

  async function lookUp(): Promise<void> {
    const keys = [...waiting];
    waiting = new Set();
    changed = new Set();
    const found = await sql<{ key: string; id: string }[]>`
      select key, id from videos
      where key = any(${keys}::text[]) and (removed_at is null or merged_into is not null)`;
    for (const { key, id } of found) known.set(key, Number(id) as VideoId);
    const isFound = new Set(found.map(({ key }) => key));
    for (const key of keys) if (!isFound.has(key) && !changed.has(key)) unknown.set(key, true);
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
    peek: (key) => known.get(key) ?? (unknown.has(key) ? null : undefined),
    load,
    forget,
  };
}
