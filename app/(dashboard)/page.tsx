import type { Metadata } from 'next';
import { Suspense } from 'react';
import { isPermitted, permitScope } from '#app/permit.ts';
import { addressWith, type SearchParams } from '#components/address.ts';
import { channelsText } from '#components/channels-text.ts';
import { PageHeader } from '#components/page-header.tsx';
import { ProofBadge } from '#components/proof-badge.tsx';
import { RangePanel } from '#components/range-panel.tsx';
import { ViewersPanel } from '#components/viewers-panel.tsx';
import { overviewNow } from '#reports/overview-now.ts';
import { runtime } from '#runtime.ts';
import { EmptyInstallation } from './empty-installation.tsx';
import { LiveOverview } from './live-overview.tsx';
import { NoChannels } from './no-channels.tsx';

export const metadata: Metadata = { title: { absolute: 'Boxoffice' } };

type Props = { searchParams: Promise<SearchParams> };

export default async function OverviewPage({ searchParams }: Props) {
  const scope = await permitScope('dashboards:read');
  const { db, timeZone } = runtime();
  const now = new Date();
  const overview = await overviewNow(db, scope, now, timeZone);
  if (overview.channels.length === 0) return scope === 'all' ? <EmptyInstallation /> : <NoChannels />;
  const query = await searchParams;
  const about = { subject: { channels: scope }, name: channelsText(scope), params: query, now };
  const mayProve = await isPermitted('installation:read');
  return (
    <>
      <PageHeader title="Overview">
        <Suspense>
          <ProofBadge isForAll={mayProve} />
        </Suspense>
      </PageHeader>
      <LiveOverview initial={overview} name={channelsText(scope)} timeZone={timeZone} />
      <div className="mt-10 grid grid-cols-[minmax(0,1fr)] gap-10">
        <RangePanel {...about} owner={{}} address={addressWith('/', query)} isProofForAll={mayProve} />
        <ViewersPanel {...about} channels={overview.channels} />
      </div>
    </>
  );
}
