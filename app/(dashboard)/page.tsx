import type { Metadata } from 'next';
import { Suspense } from 'react';
import { isPermitted, permitScope } from '#app/permit.ts';
import { channelsText } from '#components/channels-text.ts';
import { PageHeader } from '#components/page-header.tsx';
import { ProofBadge } from '#components/proof-badge.tsx';
import { overviewNow } from '#reports/overview-now.ts';
import { runtime } from '#runtime.ts';
import { EmptyInstallation } from './empty-installation.tsx';
import { LiveOverview } from './live-overview.tsx';
import { NoChannels } from './no-channels.tsx';

export const metadata: Metadata = { title: { absolute: 'Boxoffice' } };

export default async function OverviewPage() {
  const scope = await permitScope('dashboards:read');
  const { db, timeZone } = runtime();
  const overview = await overviewNow(db, scope, new Date(), timeZone);
  if (overview.channels.length === 0) return scope === 'all' ? <EmptyInstallation /> : <NoChannels />;
  return (
    <>
      <PageHeader title="Overview">
        <Suspense>
          <ProofBadge isForAll={await isPermitted('installation:read')} />
        </Suspense>
      </PageHeader>
      <LiveOverview initial={overview} name={channelsText(scope)} timeZone={timeZone} />
    </>
  );
}
