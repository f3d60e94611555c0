// The one way into the log: parse, look up, screen, record, answer. Every door comes through here.
import type { DailySalts } from './daily-salt.ts';
import { Unavailable } from './failure.ts';
import type { LogView, Refusal } from './flush.ts';
import type { Outcome } from './log.ts';
import type { Recorder } from './recorder.ts';
import { screenView } from './screen.ts';
import type { Sender } from './sender.ts';
import { siteOf } from './site.ts';
import type { VideoDirectory } from './video-directory.ts';
import { parseSentView, type Rejection, type Result, type SentView } from './wire.ts';

export type Ingest = {
  videos: VideoDirectory;
  salts: DailySalts;
  recorder: Recorder;
  /** Milliseconds since the epoch. */
  clock: () => number;
};

const maxLookUps = 5;

type Screened = { id: string | null; view: LogView } | { id: string | null; rejection: Rejection; key?: string };

/**
 * Records views as they were sent (unchecked) and answers each in the order sent, after the commit.
 * Throws Unavailable when nothing was acknowledged: the same ids may be sent again.
 */
export async function recordViews(ingest: Ingest, bodies: unknown[], sender: Sender): Promise<Result[]> {
  const now = ingest.clock();
  const parsed = bodies.map((body) => parseSentView(body, sender.server !== undefined));
  const salt = await lookUp(ingest, parsed, now);
  const screened = parsed.map((view) => screenOne(ingest.videos, view, sender, salt, now));
  const views = screened.flatMap((one) => ('view' in one ? [one.view] : []));
  const refusals = screened.flatMap((one) => ('rejection' in one ? [refusalOf(ingest.videos, one, sender, now)] : []));
  const outcomes = (await ingest.recorder.record(views, refusals))[Symbol.iterator]();
  return screened.map((one): Result => {
    if ('rejection' in one) return { id: one.id, status: 'rejected', ...one.rejection };
    const outcome: Outcome = outcomes.next().value ?? { status: 'duplicate' };
    return { id: one.view.id, ...outcome };
  });
}

/** Throws Unavailable rather than call a video unknown that changes all the while. */
async function lookUp(ingest: Ingest, parsed: (SentView | Rejection)[], now: number): Promise<string> {
  const keys = parsed.flatMap((view) => ('video' in view ? [view.video] : []));
  const missing = () => keys.filter((key) => ingest.videos.peek(key) === undefined);
  try {
    // First: nothing is waited for between the last look at the keys and what is decided by them.
    const salt = await ingest.salts.saltFor(now);
    // A key that changes while it is looked up is unknown again after it: it is asked once more.
    for (let tries = 0; tries < maxLookUps && missing().length > 0; tries += 1) await ingest.videos.load(missing());
    if (missing().length === 0) return salt;
  } catch (error) {
    throw new Unavailable('The database is away.', error);
  }
  throw new Unavailable('A video was being changed.');
}

function screenOne(
  videos: VideoDirectory,
  view: SentView | Rejection,
  sender: Sender,
  salt: string,
  now: number,
): Screened {
  if (!('video' in view)) return { id: null, rejection: view };
  const screened = screenView(view, videos.peek(view.video) ?? null, sender, salt, now);
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
