import type { Scope } from '#accounts/may.ts';
import type { Db } from '#db/client.ts';
import { type AudienceNow, audienceOf } from './audience-now.ts';
import { channelPeople, type ListedChannel } from './channel-list.ts';
import { type ScreenedToday, screenedToday } from './screened-today.ts';
import { inSnapshot } from './snapshot.ts';
import { type TopVideo, topVideosNow } from './top-now.ts';
import { videosPerChannel } from './videos-per-channel.ts';

export type OverviewNow = AudienceNow & {
  /** The most watched videos of the hour; with what other videos have they sum to the hour. */
  top: TopVideo[];
  /** They sum to `lifetime`. */
  channels: ListedChannel[];
  screenedToday: ScreenedToday;
};

const topListed = 10;

/** Everything on the overview of a scope, out of one snapshot but for the number of videos, which may be older. */
export async function overviewNow(db: Db, scope: Scope, now: Date, timeZone: string): Promise<OverviewNow> {
  const videos = await videosPerChannel(db, now);
  return inSnapshot(db, async (snapshot) => {
    // Sent together, so that one is answered while the next is on its way.
    const [top, channels, today, audience] = await Promise.all([
      topVideosNow(snapshot, scope, now, topListed),
      channelPeople(snapshot, scope, now, timeZone),
      screenedToday(snapshot, scope, now, timeZone),
      audienceOf(snapshot, { channels: scope }, now, timeZone),
    ]);
    return {
      ...audience,
      top,
      channels: channels.map((row) => ({ ...row, videos: videos.get(row.id) ?? 0 })),
      screenedToday: today,
    };
  });
}
