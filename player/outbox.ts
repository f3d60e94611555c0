// Views that started and are not acknowledged yet. Each has a storage entry of its own, so that tabs writing at the
// same time cannot lose each other's; and each belongs to one tab, so that a wrong clock is corrected once.
import type { Store } from './store.ts';

export type View = {
  id: string;
  video: string;
  device?: string;
  page?: string;
  referrer?: string;
  muted?: true;
  /** Of the page, for a video that this view makes. */
  title?: string;
  channel?: string | undefined;
};

export type Entry = {
  view: View;
  /** When playback started, by the device's own clock. */
  startedAt: number;
  /** What was added to that clock for the view's id. */
  offset: number;
  /** How often the server objected to the clock. */
  corrections: number;
};

export type Outbox = {
  add(entry: Entry): void;
  /** This tab's views, oldest first. */
  mine(): Entry[];
  remove(id: string): void;
  /** Swaps an entry for its corrected self, unless it was acknowledged or adopted meanwhile. */
  replace(id: string, entry: Entry): void;
  /** Takes over what tabs that are gone, or slower than us, have left. */
  adopt(): void;
};

type Stored = Entry & { tab: string };

const prefix = 'outbox.';
const maxEntries = 50;

/** `tab` is anything that no other open page has. */
export function openOutbox(store: Store, tab: string): Outbox {
  const write = (entry: Entry) => store.set(prefix + entry.view.id, JSON.stringify({ ...entry, tab }));
  // A storage that stops removing must not bring a settled view back: it would be sent for ever.
  const settled = new Set<string>();
  const remove = (id: string) => {
    settled.add(id);
    store.remove(prefix + id);
  };
  const read = (id: string) => parse(store.get(prefix + id));
  const stored = () =>
    store
      .names()
      .filter((name) => name.startsWith(prefix))
      .sort()
      .flatMap((name) => read(name.slice(prefix.length)) ?? [])
      .filter(({ view }) => !settled.has(view.id));
  return {
    add(entry) {
      const surplus = stored().length - maxEntries + 1;
      if (surplus > 0) for (const oldest of stored().slice(0, surplus)) remove(oldest.view.id);
      write(entry);
    },
    mine: () => stored().filter((entry) => entry.tab === tab),
    remove,
    replace(id, entry) {
      if (read(id)?.tab !== tab) return;
      remove(id);
      write(entry);
    },
    adopt: () => stored().forEach(write),
  };
}

/** Anything may stand in a page's storage: what is not ours is passed over. */
function parse(text: string | null): Stored | undefined {
  try {
    const entry = JSON.parse(text ?? '');
    return entry.view.id && entry.view.video ? entry : undefined;
  } catch {
    return undefined;
  }
}
