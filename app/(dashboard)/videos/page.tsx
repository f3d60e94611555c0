import type { Metadata } from 'next';
import Link from 'next/link';
import { managesAny } from '#app/managing.ts';
import { permitScope } from '#app/permit.ts';
import { addressWith, type SearchParams } from '#components/address.ts';
import { PageHeader } from '#components/page-header.tsx';
import { VideoTable } from '#components/video-table.tsx';
import { channelList } from '#reports/channel-list.ts';
import { lifetime } from '#reports/lifetime.ts';
import { parseTableQuery } from '#reports/video-table.ts';
import { runtime } from '#runtime.ts';
import { Filters } from './filters.tsx';
import { FirstSteps } from './first-steps.tsx';
import { LiveList } from './live-list.tsx';

export const metadata: Metadata = { title: 'Videos' };

type Props = { searchParams: Promise<SearchParams> };

export default async function VideosPage({ searchParams }: Props) {
  const scope = await permitScope('dashboards:read');
  const mayManage = await managesAny();
  const { db, timeZone } = runtime();
  const params = await searchParams;
  const query = parseTableQuery(params);
  const now = new Date();
  // Before the list is read: it may be newer than this says, never older.
  const counted = await lifetime(db, { channels: scope });
  const channels = await channelList(db, scope, now, timeZone);
  return (
    <>
      <PageHeader title="Videos">
        <Filters query={query} channels={channels} />
      </PageHeader>
      {mayManage && (
        <p className="mb-4 flex flex-wrap gap-x-4">
          <Link
            href={query.channel ? `/videos/new?channel=${query.channel}` : '/videos/new'}
            className="underline underline-offset-4"
          >
            New video
          </Link>
          <Link href="/videos/many" className="text-muted underline-offset-4 hover:underline">
            Many at once
          </Link>
        </p>
      )}
      <LiveList shown={{ lifetime: counted }} />
      <VideoTable
        scope={scope}
        query={query}
        address={addressWith('/videos', params)}
        now={now}
        firstSteps={<FirstSteps mayManage={mayManage} channel={query.channel} />}
      />
      {mayManage && (
        <p className="mt-4 text-muted">
          Totals of another product are entered as{' '}
          <Link href="/opening" className="underline underline-offset-4 hover:text-ink">
            opening balances
          </Link>
          .
        </p>
      )}
    </>
  );
}
