// What no person does, whatever the user agent says. As that, it labels a view: nothing is dropped for it.
import type { LogView } from './flush.ts';
import { type IpAddress, isPrivate } from './ip-address.ts';
import { openMinuteCounts } from './minute-counts.ts';
import { openSeenIds } from './seen-ids.ts';
import { hashText } from './text-hash.ts';

export type OwnSignal = 'too_fast';

/** Who watches, as far as the view tells: both undefined where a server sends views and names nobody. */
export type Watcher = { device: string | undefined; address: IpAddress | undefined };

/** Says of a view, before it is written, why its sender is taken for a bot; null for people. Each process knows its own views. */
export type OwnSignals = (view: Pick<LogView, 'id' | 'videoId' | 'viewedAt'>, watcher: Watcher) => OwnSignal | null;

// Views of one video within one clock minute, by when they were viewed: views that come late, or again, belong to their own.
// One every two seconds: nobody starts a video that often and watches it.
const mostOfDevice = 30;
// Ten a second: a lecture hall or a school behind one address starts a video together, a carrier's customers one after the other.
const mostOfNetwork = 600;

const minuteMs = 60_000;

/** Costs 0.4 us a view, 1 us while every view is of another device and network (2026-12-01). */
export function openOwnSignals(): OwnSignals {
  const isNew = openSeenIds();
  const countOfDevice = openMinuteCounts();
  const countOfNetwork = openMinuteCounts();
  return ({ id, videoId, viewedAt }, { device, address }) => {
    const minute = Math.floor(viewedAt / minuteMs);
    const more = isNew(hashText(id, videoId)) ? 1 : 0;
    const network = address && networkOf(address);
    const views = device ? countOfDevice(hashText(device, videoId), minute, more) : 0;
    const neighbours = network ? countOfNetwork(hashText(network, videoId), minute, more) : 0;
    return views > mostOfDevice || neighbours > mostOfNetwork ? 'too_fast' : null;
  };
}

/**
 * An IPv4 address; of IPv6 the upper half, since whoever has one such address has a network of them. Undefined for
 * addresses that are not of the internet: those are a proxy's that TRUSTED_PROXIES does not name, and everybody's behind it.
 */
function networkOf(address: IpAddress): string | undefined {
  if (isPrivate(address)) return undefined;
  return address.family === 4 ? String(address.number) : `${address.high}:${address.low}`;
}
