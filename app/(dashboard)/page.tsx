import type { Metadata } from 'next';
import { Suspense } from 'react';
import { permit } from '#app/permit.ts';
import { PageHeader } from '#components/page-header.tsx';
import { ProofBadge } from '#components/proof-badge.tsx';
import { overviewNow } from '#reports/overview-now.ts';
import { runtime } from '#runtime.ts';
import { EmptyInstallation } from './empty-installation.tsx';
import { LiveOverview } from './live-overview.tsx';

export const metadata: Metadata = { title: { absolute: 'Boxoffice' } };

export default async function OverviewPage() {
  await permit('dashboards:read');
  const { db, timeZone } = runtime();
  const overview = await overviewNow(db, new Date(), timeZone);
  if (overview.channels.length === 0) return <EmptyInstallation />;
  return (
    <>
      <PageHeader title="Overview">
        <Suspense>
          <ProofBadge />
        </Suspense>
      </PageHeader>
      <LiveOverview initial={overview} timeZone={timeZone} />
    </>
  );
}
