import { notFound } from 'next/navigation';
import type { Scope } from '#accounts/may.ts';
import { isWindow } from '#app/top-query.ts';
import { firstText, type SearchParams } from '#components/address.ts';
import { type Channel, channelByHandle } from '#reports/channel-by-handle.ts';
import { mostListed, type TopVideos, type TopWindow, topVideos } from '#reports/top-videos.ts';
import { runtime } from '#runtime.ts';

export type Charts = TopVideos & { window: TopWindow; channel: Channel | undefined };

/** The list that the address asks for, of at most a thousand; another window than there is becomes the last sixty minutes. */
export async function askedCharts(scope: Scope, params: SearchParams, now: Date): Promise<Charts> {
  const { db, timeZone } = runtime();
  const asked = firstText(params.window) ?? '';
  const window = isWindow(asked) ? asked : 'last-60-minutes';
  const handle = firstText(params.channel);
  const channel = handle === undefined ? undefined : await channelByHandle(db, scope, handle);
  if (handle !== undefined && !channel) notFound();
  const list = await topVideos(db, channel ? [channel.id] : scope, { window, k: mostListed }, now, timeZone);
  return { ...list, window, channel };
}
