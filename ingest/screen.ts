// Screening: the rules by which a view is taken or refused, in the order they are asked. Every refusal has a reason.
import { dayMs } from '#db/day.ts';
import type { VideoId } from '#db/schema.ts';
import { anonymousViewer } from './daily-salt.ts';
import type { LogView } from './flush.ts';
import type { Sender } from './sender.ts';
import { siteOf } from './site.ts';
import { describeUserAgent } from './user-agent.ts';
import { mintViewId, viewedAtOf } from './view-id.ts';
import type { Rejection, SentView } from './wire.ts';

/** How far a sender's clock may be from ours. */
export const maxClockSkewMs = 60_000;
/** How late a view may come. */
export const maxAgeMs = 7 * dayMs;

/**
 * Decides over one view. `videoId` is null where no video has its key; `now` is the time of receipt in milliseconds.
 * A view without an id gets one, so a sender without ids cannot repeat it safely.
 */
export function screenView(
  view: SentView,
  videoId: VideoId | null,
  sender: Sender,
  salt: string,
  now: number,
): LogView | Rejection {
  if (videoId === null) return { reason: 'unknown_video' };
  const id = view.id ?? mintViewId(now);
  const viewedAt = viewedAtOf(id);
  const hasWrongClock = view.sentAt !== undefined && Math.abs(view.sentAt - now) > maxClockSkewMs;
  if (hasWrongClock || viewedAt > now + maxClockSkewMs) return { reason: 'clock_skew', serverTime: now };
  if (viewedAt < now - maxAgeMs) return { reason: 'too_old' };
  const site = siteOf(view.page ?? sender.origin);
  const referrer = siteOf(view.referrer);
  return {
    id,
    videoId,
    viewedAt,
    receivedAt: now,
    viewer: viewerOf(view, sender, salt),
    isMuted: view.muted ?? false,
    ...describeUserAgent(sender.userAgent),
    country: null,
    site,
    // Moving around within a site is no referral.
    referrer: referrer === site ? null : referrer,
  };
}

function viewerOf(view: SentView, sender: Sender, salt: string): string {
  if (view.device && !sender.hasPrivacySignal) return view.device;
  return anonymousViewer(salt, sender.address, sender.userAgent);
}
