import type { Metadata } from 'next';
import { permit } from '#app/permit.ts';
import { CurrentStamp } from '#components/current-stamp.tsx';
import { HourPanel } from '#components/hour-panel.tsx';
import { LifetimeFigure } from '#components/lifetime-figure.tsx';
import { PageHeader } from '#components/page-header.tsx';
import { Panel } from '#components/panel.tsx';
import { TodayFigure } from '#components/today-figure.tsx';
import { channelList } from '#reports/channel-list.ts';
import { allChannels } from '#reports/subject.ts';
import { runtime } from '#runtime.ts';
import { ChannelTable } from './channel-table.tsx';
import { EmptyInstallation } from './empty-installation.tsx';
import { TopVideos } from './top-videos.tsx';

export const metadata: Metadata = { title: { absolute: 'Boxoffice' } };

export default async function OverviewPage() {
  await permit('dashboards:read');
  const { db, timeZone } = runtime();
  const now = new Date();
  const channels = await channelList(db, now, timeZone);
  if (channels.length === 0) return <EmptyInstallation />;
  return (
    <>
      <PageHeader title="Overview" />
      <HourPanel subject={allChannels} name="all channels" url="/api/live" now={now}>
        <TodayFigure subject={allChannels} now={now} />
        <LifetimeFigure subject={allChannels} />
      </HourPanel>
      <div className="mt-10 grid gap-10 xl:grid-cols-2">
        <Panel title="Most watched in the last hour" height="h-[27.25rem]">
          <TopVideos now={now} />
          <CurrentStamp now={now} />
        </Panel>
        <Panel title="Channels" height="h-[10.75rem]">
          <ChannelTable channels={channels} />
          <CurrentStamp now={now} />
        </Panel>
      </div>
    </>
  );
}
