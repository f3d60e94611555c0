// Empties the outbox: one request at a time, whatever is waiting in one batch, again until it is answered.
import type { Result } from '#ingest/wire.ts';
import { backOffMs } from './back-off.ts';
import { type Clock, measureOffset } from './clock.ts';
import type { Entry, Outbox, View } from './outbox.ts';
import { mintViewId } from './view-id.ts';

/** A view as it goes over the wire: `sentAt` is the time by the same clock that its id was made with. */
export type SentView = View & { sentAt: number };

/** `results` is there only if each view was answered, in the order sent; status 0 means no answer came. */
export type Answer = { status: number; retryAfterSeconds?: number; results?: Result[] };

export type Doors = {
  outbox: Outbox;
  clock: Clock;
  post(views: SentView[]): Promise<Answer>;
  /** A last try when the page goes away; nobody hears the answer. */
  beacon(views: SentView[]): void;
  /** Runs something in so many milliseconds, and gives the way to call it off. */
  later(ms: number, run: () => void): () => void;
  random(): number;
  /** Told of a view that will never be counted, so that whoever embeds the video can find out why. */
  refused(view: View, reason: string): void;
};

export type Sender = {
  /** Sends what is waiting, unless a request is under way or the server asked for patience. */
  wake(): void;
  /** The page is going: hands what is still waiting to the browser. It stays in the outbox, the same ids count once. */
  leave(): void;
};

const maxCorrections = 2;

export function openSender(doors: Doors): Sender {
  const { outbox, clock, beacon, later, random } = doors;
  const deliver = openDelivery(doors);
  let isSending = false;
  let failures = 0;
  let patientUntil = 0;
  let callOff = () => {};

  const isFree = () => !isSending && clock.now() >= patientUntil;

  async function empty(): Promise<void> {
    isSending = true;
    callOff();
    let failure: Answer | undefined;
    for (let entries = outbox.mine(); entries.length > 0 && !failure; entries = outbox.mine()) {
      failure = await deliver(entries);
    }
    isSending = false;
    failures = failure ? failures + 1 : 0;
    if (failure) retry(failure.retryAfterSeconds || 0);
  }

  function retry(retryAfterSeconds: number): void {
    patientUntil = clock.now() + retryAfterSeconds * 1_000;
    callOff = later(backOffMs(failures, retryAfterSeconds, random()), empty);
  }

  return {
    wake() {
      if (isFree()) empty();
    },
    leave() {
      const entries = isFree() ? outbox.mine() : [];
      if (entries.length > 0) beacon(stamped(entries, clock));
    },
  };
}

type Delivery = (entries: Entry[]) => Promise<Answer | undefined>;

/** Sends a batch and settles what was answered; gives the answer that stood in the way, if one did. */
function openDelivery({ outbox, clock, post, refused }: Doors): Delivery {
  async function deliver(entries: Entry[]): Promise<Answer | undefined> {
    const sentAt = clock.now();
    const answer = await post(stamped(entries, clock)).catch((): Answer => ({ status: 0 }));
    const { status, results } = answer;
    if (results) {
      const answeredAt = clock.now();
      for (const [i, entry] of entries.entries()) settle(entry, results[i], sentAt, answeredAt);
      return;
    }
    const isUnreadable = status === 400 || status === 413;
    if (!isUnreadable) return answer;
    if (entries.length > 1) return deliverOneByOne(entries);
    for (const entry of entries) drop(entry, String(status));
  }

  /** One of them is more than the server can read: the others must not suffer for it. */
  async function deliverOneByOne(entries: Entry[]): Promise<Answer | undefined> {
    for (const entry of entries) {
      const failure = await deliver([entry]);
      if (failure) return failure;
    }
  }

  function settle(entry: Entry, result: Result | undefined, sentAt: number, answeredAt: number): void {
    if (result?.status !== 'rejected') outbox.remove(entry.view.id);
    else if (result.reason === 'clock_skew' && entry.corrections < maxCorrections) {
      const offset = measureOffset(result.serverTime, sentAt, answeredAt);
      clock.remember(offset);
      outbox.replace(entry.view.id, corrected(entry, offset, result.serverTime));
    } else drop(entry, 'message' in result ? `${result.reason}, ${result.message}` : result.reason);
  }

  function drop({ view }: Entry, reason: string): void {
    outbox.remove(view.id);
    refused(view, reason);
  }

  return deliver;
}

function stamped(entries: Entry[], clock: Clock): SentView[] {
  const now = clock.now();
  return entries.map(({ view, offset }) => ({ ...view, sentAt: now + offset }));
}

/** The same view under a new id: nothing was stored under the old one. If the clock was set meanwhile, it is now. */
function corrected(entry: Entry, offset: number, serverTime: number): Entry {
  const id = mintViewId(Math.min(entry.startedAt + offset, serverTime));
  return { ...entry, offset, corrections: entry.corrections + 1, view: { ...entry.view, id } };
}
