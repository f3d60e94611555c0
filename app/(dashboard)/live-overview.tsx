'use client';

import Link from 'next/link';
import { AudienceHour } from '#components/audience-hour.tsx';
import { LiveStamp } from '#components/live-stamp.tsx';
import { counted } from '#components/number-text.ts';
import { Panel } from '#components/panel.tsx';
import { useLive } from '#components/use-live.ts';
import { usePageRefresh } from '#components/use-page-refresh.ts';
import { dateAt } from '#reports/calendar.ts';
import { timeOfMinutes } from '#reports/explain-address.ts';
import type { OverviewNow } from '#reports/overview-now.ts';
import { ChannelTable } from './channel-table.tsx';
import { TopVideos } from './top-videos.tsx';

// The live panels have moved by then; only what is below them is read anew.
const refreshEveryMs = 10_000;

type Props = {
  initial: OverviewNow;
  /** Whose channels they are. */
  name: string;
  timeZone: string;
};

/** All panels of the overview, moved by one stream, each event of which is one snapshot: they never disagree. */
export function LiveOverview({ initial, name, timeZone }: Props) {
  const { live, isConnected } = useLive('/api/live', initial);
  usePageRefresh(countsIn(initial), countsIn(live), refreshEveryMs);
  const stamp = (
    <LiveStamp completeTo={live.completeTo} serverNow={initial.readAt} isConnected={isConnected} timeZone={timeZone} />
  );
  return (
    <>
      <Panel title="Last 60 minutes">
        <AudienceHour audience={live} name={name} owner={{}} timeZone={timeZone} isConnected={isConnected}>
          {stamp}
        </AudienceHour>
      </Panel>
      <div className="mt-10 grid gap-10 xl:grid-cols-2">
        <Panel title="Most watched in the last hour">
          <TopVideos videos={live.top} total={live.views - live.botViews} time={timeOfMinutes(live.minutes)} />
          {stamp}
        </Panel>
        <Panel title="Channels">
          <ChannelTable channels={live.channels} today={dateAt(new Date(live.readAt), timeZone)} />
          {stamp}
        </Panel>
      </div>
      <NotCountedToday count={live.screenedToday.refused} />
    </>
  );
}

/** What the panels below the live ones were read with. */
function countsIn({ views, botViews, lifetime }: OverviewNow): string {
  return `${views} ${botViews} ${lifetime.views} ${lifetime.botViews}`;
}

function NotCountedToday({ count }: { count: number }) {
  if (count === 0) return null;
  return (
    <p className="mt-10 text-muted">
      <Link href="/not-counted" className="underline underline-offset-4 hover:text-ink">
        {counted(count, 'view was', 'views were')} not counted
      </Link>{' '}
      today.
    </p>
  );
}
