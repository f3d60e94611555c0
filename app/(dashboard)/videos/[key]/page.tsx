import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound, redirect } from 'next/navigation';
import { cache, Suspense } from 'react';
import type { Scope } from '#accounts/may.ts';
import { isPermitted, permitScope } from '#app/permit.ts';
import { addressWith, type SearchParams } from '#components/address.ts';
import { BreakdownPanel } from '#components/breakdown-panel.tsx';
import { HourPanel } from '#components/hour-panel.tsx';
import { PageHeader } from '#components/page-header.tsx';
import { Panel } from '#components/panel.tsx';
import { RangePanel } from '#components/range-panel.tsx';
import { ViewersPanel } from '#components/viewers-panel.tsx';
import { lifetime } from '#reports/lifetime.ts';
import { videoByKey } from '#reports/video-by-key.ts';
import { runtime } from '#runtime.ts';
import { AlsoWatched } from './also-watched.tsx';
import { EmbedSnippets } from './embed-snippets.tsx';
import { NotCountedHere } from './not-counted-here.tsx';
import { TakingOffPanel } from './taking-off.tsx';

type Props = {
  params: Promise<{ key: string }>;
  searchParams: Promise<SearchParams>;
};

const step = 'block rounded border border-edge px-3 py-0.5 hover:bg-hover';

const findVideo = cache((scope: Scope, key: string) => videoByKey(runtime().db, scope, key));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const scope = await permitScope('dashboards:read');
  const video = await findVideo(scope, (await params).key);
  return { title: video?.title ?? 'Unknown video' };
}

export default async function VideoPage({ params, searchParams }: Props) {
  const scope = await permitScope('dashboards:read');
  const { key } = await params;
  const video = await findVideo(scope, key);
  if (!video) notFound();
  const query = await searchParams;
  // It was merged into that one.
  if (video.key !== key) redirect(addressWith(`/videos/${video.key}`, query));
  const now = new Date();
  const subject = { video: video.id };
  const owner = { video: video.key };
  const crumbs = [
    { name: 'Videos', href: '/videos' },
    { name: video.channel.name, href: `/channels/${video.channel.handle}` },
  ];
  const mayManage = await isPermitted('channel:manage', { channel: video.channel.id });
  const isUnseen = (await lifetime(runtime().db, subject)).views === 0;
  return (
    <>
      <PageHeader title={video.title} crumbs={crumbs}>
        <div className="flex flex-wrap gap-2 sm:justify-end">
          {mayManage && (
            <Link href={`/videos/${video.key}/opening`} className={step}>
              Opening balance
            </Link>
          )}
          {mayManage && (
            <Link href={`/videos/${video.key}/edit`} className={step}>
              Edit
            </Link>
          )}
          <Link href={`/watch/${video.key}`} className={step}>
            Watch
          </Link>
        </div>
      </PageHeader>
      {isUnseen && (
        <p className="mb-4">
          No views yet.{' '}
          <a href="#embed" className="font-medium underline underline-offset-4">
            Put it on a page
          </a>{' '}
          to count the first.
        </p>
      )}
      <div className="grid grid-cols-[minmax(0,1fr)] gap-10">
        <HourPanel
          subject={subject}
          name={video.title}
          owner={owner}
          url={`/api/live?video=${video.key}`}
          params={query}
          now={now}
        />
        <TakingOffPanel video={video.id} now={now} />
        <div>
          <RangePanel
            subject={subject}
            name={video.title}
            owner={owner}
            address={addressWith(`/videos/${video.key}`, query)}
            params={query}
            now={now}
            isProofForAll={await isPermitted('installation:read')}
            verdicts={mayManage ? `/videos/${video.key}/verdicts` : undefined}
          />
          <Suspense>
            <NotCountedHere video={video} params={query} now={now} />
          </Suspense>
        </div>
        <ViewersPanel subject={subject} name={video.title} params={query} now={now} />
        <BreakdownPanel
          subject={subject}
          name={video.title}
          address={addressWith(`/videos/${video.key}`, query)}
          file={`/videos/${video.key}/breakdown`}
          params={query}
          now={now}
        />
        <Suspense>
          <AlsoWatched scope={scope} video={video.id} />
        </Suspense>
        <div id="embed" className="scroll-mt-4">
          <Panel title="Put it on a page" height="h-[34rem] sm:h-[26rem] lg:h-[17.25rem]">
            <EmbedSnippets video={video} isUnseen={isUnseen} now={now} />
          </Panel>
        </div>
      </div>
    </>
  );
}
