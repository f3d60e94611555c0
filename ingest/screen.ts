// Screening: the rules by which a view is taken or refused, in the order they are asked. Every refusal has a reason.
import { dayMs, utcDay } from '#db/day.ts';
import { viewerOfUser } from '#viewers/viewer-of-user.ts';
import type { CountryOf } from './country/countries.ts';
import { anonymousViewer } from './daily-salt.ts';
import type { LogView } from './flush.ts';
import { parseIpAddress } from './ip-address.ts';
import { allowsOrigin } from './origin-rule.ts';
import type { OwnSignals } from './own-signals.ts';
import { isLeftOut } from './own-view.ts';
import { type Sender, viewerAs } from './sender.ts';
import { siteOf } from './site.ts';
import { describeUserAgent } from './user-agent.ts';
import type { KnownVideo } from './video-directory.ts';
import { mintViewId, viewedAtOf } from './view-id.ts';
import type { Rejection, SentView } from './wire.ts';

/** How far a sender's clock may be from ours. */
export const maxClockSkewMs = 60_000;
/** How late a view may come. */
export const maxAgeMs = 7 * dayMs;

/** What views are screened with besides what they say. `salt` is the secret of the day. */
export type ScreenedWith = { salt: string; userSecret: string; countryOf: CountryOf; signalOf: OwnSignals };

/**
 * Decides over one view. `video` is null where none has its key; `now` is the time of receipt in milliseconds.
 * A view without an id gets one, so a sender without ids cannot repeat it safely.
 */
export function screenView(
  view: SentView,
  video: KnownVideo | null,
  sender: Sender,
  { salt, userSecret, countryOf, signalOf }: ScreenedWith,
  now: number,
): LogView | Rejection {
  if (video === null) return { reason: 'unknown_video' };
  const stranger = screenSender(video, sender);
  if (stranger) return stranger;
  if (isLeftOut(video.channel, sender)) return { reason: 'own_view' };
  const untimely = screenTime(view, now);
  if (untimely) return untimely;
  const id = view.id ?? mintViewId(view.viewedAt ?? now);
  const viewedAt = viewedAtOf(id);
  const site = siteOf(view.page ?? sender.origin);
  const referrer = siteOf(view.referrer);
  const viewer = viewerAs(sender, view);
  const device = deviceOf(view, viewer);
  const user = sender.server && view.user ? viewerOfUser(userSecret, view.user) : undefined;
  // A server that names no address is not where its viewers are.
  const address = sender.server && !view.clientAddress ? undefined : parseIpAddress(viewer.address);
  const { bot, ...labels } = describeUserAgent(viewer.userAgent);
  return {
    id,
    videoId: video.id,
    viewedAt,
    receivedAt: now,
    viewer: user ?? device ?? anonymousViewer(saltOf(viewer, salt, viewedAt, now), viewer.address, viewer.userAgent),
    isMuted: view.muted ?? false,
    ...labels,
    bot: bot ?? signalOf({ id, videoId: video.id, viewedAt }, { device: user ?? device, address }),
    country: address ? countryOf(address) : null,
    site,
    // Moving around within a site is no referral.
    referrer: referrer === site ? null : referrer,
  };
}

/** Whether a view comes too late, or by a clock that is wrong. */
export function screenTime({ id, viewedAt, sentAt }: SentView, now: number): Rejection | undefined {
  const at = id ? viewedAtOf(id) : (viewedAt ?? now);
  const hasWrongClock = sentAt !== undefined && Math.abs(sentAt - now) > maxClockSkewMs;
  if (hasWrongClock || at > now + maxClockSkewMs) return { reason: 'clock_skew', serverTime: now };
  return at < now - maxAgeMs ? { reason: 'too_old' } : undefined;
}

/** A server is known by its key; anybody else by the site, which browsers tell truly. Frames and pages of our own may always. */
function screenSender({ channel }: KnownVideo, sender: Sender): Rejection | undefined {
  if (sender.server) {
    const { channelIds } = sender.server;
    return channelIds && !channelIds.has(channel.id) ? { reason: 'other_channel' } : undefined;
  }
  if (channel.origins === null || sender.isOwnPage || allowsOrigin(channel.origins, sender.origin)) return undefined;
  return { reason: 'wrong_origin' };
}

/** Servers send days at once: with one secret for all of them, viewers would be known again from day to day. */
function saltOf({ server }: Sender, salt: string, viewedAt: number, now: number): string {
  const day = utcDay(viewedAt);
  return server && day !== utcDay(now) ? `${salt} ${day}` : salt;
}

function deviceOf({ device }: SentView, { hasPrivacySignal }: Sender): string | undefined {
  return hasPrivacySignal ? undefined : device;
}
