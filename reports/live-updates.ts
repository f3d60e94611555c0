// The hub behind server-sent events. It listens for the tick's notifications and reads what somebody watches, so that
// its cost is that of the subjects, not of the clients.
import type { Db, Sql } from '#db/client.ts';
import { withDeadline } from '#db/deadline.ts';
import { type AudienceNow, audienceNow } from './audience-now.ts';
import { type LiveFeeds, openLiveFeeds } from './live-feeds.ts';
import { openWatches, type Watch, type Watches, watchedGuests, watchedUser, watchedVideo } from './live-watches.ts';
import { type OverviewNow, overviewNow } from './overview-now.ts';
import type { Subject } from './subject.ts';

/** All that a page shows of now: of channels together also the lists of the overview. */
export type LiveEvent = AudienceNow | OverviewNow;
export type LiveUpdates = Pick<LiveFeeds<LiveEvent>, 'subscribe'> & {
  /** Sees which accounts and videos change. */
  watch(): Watch;
  close(): Promise<void>;
};

// Without notifications (no rollup runs, or the listener was cut off) a read shows how far the counts are behind.
const silenceMs = 5_000;
// A connection whose other end vanished never answers.
const readDeadlineMs = 15_000;

/** Starts the hub on the notifications of the rollup, of accounts and of videos. A read that fails is reported, and tried again after the next tick. */
export async function startLiveUpdates(
  db: Db,
  sql: Sql,
  clock: () => Date,
  timeZone: string,
  onError: (error: unknown) => void = () => {},
): Promise<LiveUpdates> {
  const readNow = (subject: Subject): Promise<LiveEvent> =>
    'channels' in subject
      ? overviewNow(db, subject.channels, clock(), timeZone)
      : audienceNow(db, subject, clock(), timeZone);
  const feeds = openLiveFeeds((subject) => withDeadline(readNow(subject), readDeadlineMs), onError);
  const silence = setInterval(() => feeds.refresh(), silenceMs);
  const refresh = () => {
    silence.refresh();
    feeds.refresh();
  };
  // Called a second time whenever a lost connection is back.
  const watches = openWatches();
  const listening = [
    await sql.listen('boxoffice_rollup', refresh, refresh),
    await sql.listen('boxoffice_accounts', (id) => noteAccount(watches, id)),
    await sql.listen(
      'boxoffice_videos',
      (key) => watches.note(watchedVideo(key)),
      // The last that is listened to again: while the listener was cut off any of them may have changed.
      () => watches.note(),
    ),
  ];

  async function close(): Promise<void> {
    clearInterval(silence);
    feeds.end();
    // Not waited for: with the database away this would wait until it is back.
    for (const one of listening) one.unlisten().catch(() => {});
  }
  return { subscribe: feeds.subscribe, watch: watches.open, close };
}

/** The first account also ends the time of guests. */
function noteAccount(watches: Watches, id: string): void {
  watches.note(watchedUser(id));
  watches.note(watchedGuests);
}
