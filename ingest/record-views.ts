// The one way into the log: parse, look up, screen, record, answer. Every door comes through here.
import type { CountryOf } from './country/countries.ts';
import type { DailySalts } from './daily-salt.ts';
import { Unavailable } from './failure.ts';
import type { FirstViews } from './first-views.ts';
import type { LogView, Refusal } from './flush.ts';
import type { Outcome } from './log.ts';
import type { OwnSignals } from './own-signals.ts';
import type { Recorder } from './recorder.ts';
import { screenView } from './screen.ts';
import type { Sender } from './sender.ts';
import { siteOf } from './site.ts';
import type { VideoDirectory } from './video-directory.ts';
import { parseSentView, type Rejection, type Result, type SentView } from './wire.ts';

export type Ingest = {
  videos: VideoDirectory;
  firstViews: FirstViews;
  salts: DailySalts;
  userSecret: () => Promise<string>;
  countryOf: CountryOf;
  signalOf: OwnSignals;
  recorder: Recorder;
  /** Milliseconds since the epoch. */
  clock: () => number;
};

const maxLookUps = 5;

/** What is known before a view is decided over. */
type Known = {
  salt: string;
  userSecret: string;
  /** Of views whose key is unknown, and stayed so for a reason of its own. */
  rejections: Map<SentView, Rejection>;
};
type Screened = { id: string | null; view: LogView } | { id: string | null; rejection: Rejection; key?: string };

/**
 * Records views as they were sent (unchecked) and answers each in the order sent, after the commit.
 * Throws Unavailable when nothing was acknowledged: the same ids may be sent again.
 */
export async function recordViews(ingest: Ingest, bodies: unknown[], sender: Sender): Promise<Result[]> {
  const now = ingest.clock();
  const parsed = bodies.map((body) => parseSentView(body, sender.server !== undefined));
  const known = await lookUp(ingest, parsed, sender, now);
  const screened = parsed.map((view) => screenOne(ingest, view, sender, known, now));
  const views = screened.flatMap((one) => ('view' in one ? [one.view] : []));
  const refusals = screened.flatMap((one) => ('rejection' in one ? [refusalOf(ingest.videos, one, sender, now)] : []));
  const outcomes = (await ingest.recorder.record(views, refusals))[Symbol.iterator]();
  return screened.map((one): Result => {
    if ('rejection' in one) return { id: one.id, status: 'rejected', ...one.rejection };
    const outcome: Outcome = outcomes.next().value ?? { status: 'duplicate' };
    return { id: one.view.id, ...outcome };
  });
}

async function lookUp(ingest: Ingest, parsed: (SentView | Rejection)[], sender: Sender, now: number): Promise<Known> {
  const sent = parsed.filter((view) => 'video' in view);
  try {
    // First: nothing is waited for between the last look at the keys and what is decided by them.
    const salt = await ingest.salts.saltFor(now);
    const userSecret = await ingest.userSecret();
    await know(ingest.videos, sent);
    const unknown = sent.filter(({ video }) => ingest.videos.peek(video) === null);
    if (unknown.length === 0) return { salt, userSecret, rejections: new Map() };
    const { found, rejections } = await ingest.firstViews.make(unknown, sender, now);
    for (const key of found) ingest.videos.forget(key);
    await know(ingest.videos, sent);
    return { salt, userSecret, rejections };
  } catch (error) {
    throw error instanceof Unavailable ? error : new Unavailable('The database is away.', error);
  }
}

/** Throws Unavailable rather than call a video unknown that changes all the while. */
async function know(videos: VideoDirectory, sent: SentView[]): Promise<void> {
  const missing = () => sent.flatMap(({ video }) => (videos.peek(video) === undefined ? [video] : []));
  // A key that changes while it is looked up is unknown again after it: it is asked once more.
  for (let tries = 0; tries < maxLookUps && missing().length > 0; tries += 1) await videos.load(missing());
  if (missing().length > 0) throw new Unavailable('A video was being changed.');
}

function screenOne(
  { videos, countryOf, signalOf }: Ingest,
  view: SentView | Rejection,
  sender: Sender,
  { salt, userSecret, rejections }: Known,
  now: number,
): Screened {
  if (!('video' in view)) return { id: null, rejection: view };
  const video = videos.peek(view.video) ?? null;
  const rejection = video === null ? rejections.get(view) : undefined;
  const screened = rejection ?? screenView(view, video, sender, { salt, userSecret, countryOf, signalOf }, now);
  const id = view.id ?? null;
  return 'reason' in screened ? { id, rejection: screened, key: view.video } : { id, view: screened };
}

function refusalOf(
  videos: VideoDirectory,
  { rejection, key }: { rejection: Rejection; key?: string },
  sender: Sender,
  now: number,
): Refusal {
  const videoId = (key && videos.peek(key)?.id) || 0;
  return { reason: rejection.reason, videoId, origin: siteOf(sender.origin) ?? '', receivedAt: now, views: 1 };
}
