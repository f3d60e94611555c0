'use client';

import type { AudienceNow } from '#reports/audience-now.ts';
import type { FigureOwner } from '#reports/explain-address.ts';
import { AudienceHour } from './audience-hour.tsx';
import { LiveStamp } from './live-stamp.tsx';
import { useLive } from './use-live.ts';
import { usePageRefresh } from './use-page-refresh.ts';

type Props = {
  /** Where the stream is. */
  url: string;
  /** Whose hour it is, for screen readers. */
  name: string;
  owner: FigureOwner;
  /** As the page was read, together with its other panels. */
  audience: AudienceNow;
  timeZone: string;
};

/**
 * The hour on a page with more panels. The stream only says that there is more: what it tells would run ahead of the
 * panels below, so the page is read again as a whole.
 */
export function LiveHour({ url, name, owner, audience, timeZone }: Props) {
  const { live, isConnected } = useLive(url, audience);
  const [shown, newest] = [countsIn(audience), countsIn(live)];
  usePageRefresh(shown, newest);
  return (
    <AudienceHour audience={audience} name={name} owner={owner} timeZone={timeZone} isConnected={isConnected}>
      <LiveStamp
        completeTo={shown === newest ? live.completeTo : audience.completeTo}
        serverNow={audience.readAt}
        isConnected={isConnected}
        timeZone={timeZone}
      />
    </AudienceHour>
  );
}

/** Views that were set aside are as many as before: the bots among them tell of it. */
function countsIn({ minutes, views, botViews, lifetime, opening }: AudienceNow): string {
  return `${minutes.at(-1)?.minute} ${views} ${botViews} ${lifetime.views} ${lifetime.botViews} ${opening.views}`;
}
