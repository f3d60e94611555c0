import { openClock } from './clock.ts';
import { openOutbox, type View } from './outbox.ts';
import { type Answer, openSender, type Sender, type SentView } from './send.ts';
import { openStore, type Store } from './store.ts';
import { mintDeviceId, mintViewId, randomBytes } from './view-id.ts';

export type Counter = {
  /** Counts a view that starts now, and gives its id. A device whose clock is wrong gets another id later. */
  view(video: string, options?: ViewOptions): string;
};

export type ViewOptions = {
  muted?: boolean;
  /** The handle of the channel that the view may make its video in, where several do so for one site. */
  channel?: string | undefined;
};

export type Connection = {
  post(views: SentView[]): Promise<Answer>;
  /** A last try when the page goes away; nobody hears the answer. */
  beacon(views: SentView[]): void;
  /** The page a view is seen on now, what it is called, and the page before it. */
  where(): { page?: string; referrer?: string; title?: string };
};

/** Counts the views of one page. What an earlier page left in the outbox is sent along within a few seconds. */
export function openCounter({ post, beacon, where }: Connection): Counter {
  const store = openStore(() => localStorage);
  const clock = openClock(Date.now, store);
  const outbox = openOutbox(store, String(randomBytes(8)));
  const sender = openSender({ outbox, clock, post, beacon, later, random: Math.random, refused });
  const device = deviceIn(store);
  followPage(sender);

  // Not at once: the tabs of a restored window open together, and each has views of its own to send.
  later(1_000 + 4_000 * Math.random(), () => {
    outbox.adopt();
    sender.wake();
  });

  return {
    view(video, options) {
      const startedAt = clock.now();
      const offset = clock.offset();
      const id = mintViewId(startedAt + offset);
      const view: View = {
        id,
        video,
        device,
        ...where(),
        muted: options?.muted || undefined,
        channel: options?.channel,
      };
      outbox.add({ view, startedAt, offset, corrections: 0 });
      sender.wake();
      return id;
    },
  };
}

/** The device's id, made on its first visit; none where it would not last or the viewer asks for privacy. */
function deviceIn(store: Store): string | undefined {
  if (!store.isLasting || (navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl) return undefined;
  const device = store.get('device') ?? mintDeviceId();
  store.set('device', device);
  return device;
}

function followPage({ wake, leave }: Sender): void {
  addEventListener('online', wake);
  addEventListener('pageshow', wake);
  document.addEventListener('visibilitychange', () => (document.hidden ? leave() : wake()));
}

function later(ms: number, run: () => void): () => void {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
}

function refused(view: View, reason: string): void {
  console.warn(`Boxoffice did not count a view of ${view.video}: ${reason}`);
}
