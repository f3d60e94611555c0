import type { Scope } from '#accounts/may.ts';
import type { Db } from '#db/client.ts';
import type { Range } from './range.ts';
import type { ScreenedFilter } from './screened.ts';
import { type ByOrigin, screenedByOrigin } from './screened-by-origin.ts';
import { type ByReason, screenedByReason } from './screened-by-reason.ts';
import { type ByVideo, screenedByVideo } from './screened-by-video.ts';
import { type ScreenedPoint, screenedOverTime } from './screened-over-time.ts';
import { type ScreenedToday, screenedToday } from './screened-today.ts';
import { inSnapshot } from './snapshot.ts';

export type NotCounted = {
  /** Of the range and the subject, whatever reason is asked for. */
  byReason: ByReason;
  /** What is asked for; points, origins and videos sum to it. */
  views: number;
  points: ScreenedPoint[];
  byOrigin: ByOrigin;
  byVideo: ByVideo;
  /** Of all videos of the scope: what tells whether there is anything new. */
  today: ScreenedToday;
};

const listed = 20;

/** Everything on the page of what was not counted, out of one snapshot. */
export function notCounted(
  db: Db,
  scope: Scope,
  range: Range,
  filter: ScreenedFilter,
  now: Date,
  timeZone: string,
): Promise<NotCounted> {
  return inSnapshot(db, async (snapshot) => ({
    byReason: await screenedByReason(snapshot, range, filter.subject),
    ...(await screenedOverTime(snapshot, range, filter, now, timeZone)),
    byOrigin: await screenedByOrigin(snapshot, range, filter, listed),
    byVideo: await screenedByVideo(snapshot, range, filter, listed),
    today: await screenedToday(snapshot, scope, now, timeZone),
  }));
}
