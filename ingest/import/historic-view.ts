// A view of the past as the log keeps it: the same labels that screening gives to live views.
import { LRUCache } from 'lru-cache';
import type { VideoId } from '#db/schema.ts';
import type { LogView } from '../flush.ts';
import { siteOf } from '../site.ts';
import { describeUserAgent } from '../user-agent.ts';
import { viewedAtOf } from '../view-id.ts';

export type HistoricView = {
  /** A UUIDv7 of the time it was viewed. */
  id: string;
  viewer: string;
  page?: string;
  referrer?: string;
  /** Absent where it is not known; '' where it is known that none was sent. */
  userAgent?: string;
  country?: string;
  isMuted?: boolean;
};

const unknownUserAgent = { bot: null, device: null, browser: null, os: null };

// A file names the same few pages again and again, and parsing a URL takes some 3 us.
const sites = new LRUCache<string, { site: string | null }>({ max: 5_000 });

/** `receivedAt` in milliseconds is when it is written: screening minutes have no place for the past. */
export function logViewOf(view: HistoricView, videoId: VideoId, receivedAt: number): LogView {
  const site = rememberedSite(view.page);
  const referrer = rememberedSite(view.referrer);
  return {
    id: view.id,
    videoId,
    viewedAt: viewedAtOf(view.id),
    receivedAt,
    viewer: view.viewer,
    isMuted: view.isMuted ?? false,
    ...(view.userAgent === undefined ? unknownUserAgent : describeUserAgent(view.userAgent)),
    country: view.country ?? null,
    site,
    referrer: referrer === site ? null : referrer,
  };
}

function rememberedSite(page: string | undefined): string | null {
  if (!page) return null;
  let known = sites.get(page);
  if (!known) {
    known = { site: siteOf(page) };
    sites.set(page, known);
  }
  return known.site;
}
