import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import type { Scope } from '#accounts/may.ts';
import { isPermitted, permitScope } from '#app/permit.ts';
import { addressWith, type SearchParams } from '#components/address.ts';
import { BreakdownPanel } from '#components/breakdown-panel.tsx';
import { HourPanel } from '#components/hour-panel.tsx';
import { PageHeader } from '#components/page-header.tsx';
import { Panel } from '#components/panel.tsx';
import { RangePanel } from '#components/range-panel.tsx';
import { VideoTable } from '#components/video-table.tsx';
import { ViewersPanel } from '#components/viewers-panel.tsx';
import { channelByHandle } from '#reports/channel-by-handle.ts';
import { parseTableQuery } from '#reports/video-table.ts';
import { runtime } from '#runtime.ts';
import { FirstSteps } from '../../videos/first-steps.tsx';

type Props = {
  params: Promise<{ handle: string }>;
  searchParams: Promise<SearchParams>;
};

const findChannel = cache((scope: Scope, handle: string) => channelByHandle(runtime().db, scope, handle));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const scope = await permitScope('dashboards:read');
  const channel = await findChannel(scope, (await params).handle);
  return { title: channel?.name ?? 'Unknown channel' };
}

export default async function ChannelPage({ params, searchParams }: Props) {
  const scope = await permitScope('dashboards:read');
  const channel = await findChannel(scope, (await params).handle);
  if (!channel) notFound();
  const mayManage = await isPermitted('channel:manage', { channel: channel.id });
  const now = new Date();
  const subject = { channel: channel.id };
  const owner = { channel: channel.handle };
  const query = await searchParams;
  const address = addressWith(`/channels/${channel.handle}`, query);
  return (
    <>
      <PageHeader title={channel.name} crumbs={[{ name: 'Overview', href: '/' }]}>
        <Link href={`/charts?channel=${channel.handle}`} className="mr-4 text-muted underline-offset-4 hover:underline">
          Charts
        </Link>
        {mayManage && (
          <Link href={`/channels/${channel.handle}/settings`} className="text-muted underline-offset-4 hover:underline">
            Settings
          </Link>
        )}
      </PageHeader>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-10">
        <HourPanel
          subject={subject}
          name={channel.name}
          owner={owner}
          url={`/api/live?channel=${channel.handle}`}
          params={query}
          now={now}
        />
        <RangePanel
          subject={subject}
          name={channel.name}
          owner={owner}
          address={address}
          params={query}
          now={now}
          isProofForAll={await isPermitted('installation:read')}
        />
        <ViewersPanel subject={subject} name={channel.name} params={query} now={now} />
        <BreakdownPanel
          subject={subject}
          name={channel.name}
          address={address}
          file={`/channels/${channel.handle}/breakdown`}
          params={query}
          now={now}
        />
        <Panel title="Videos" height="h-[40rem]">
          <VideoTable
            scope={scope}
            query={{ ...parseTableQuery(query), channel: channel.handle }}
            address={address}
            now={now}
            firstSteps={<FirstSteps mayManage={mayManage} channel={channel.handle} />}
          />
        </Panel>
      </div>
    </>
  );
}
