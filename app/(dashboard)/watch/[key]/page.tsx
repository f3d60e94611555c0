import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import type { Scope } from '#accounts/may.ts';
import { isPermitted, permitScope } from '#app/permit.ts';
import { PageHeader } from '#components/page-header.tsx';
import { videoByKey } from '#reports/video-by-key.ts';
import { runtime } from '#runtime.ts';
import { sourceCommand } from '#videos/source-command.ts';
import { WatchedVideo } from './watched-video.tsx';

type Props = { params: Promise<{ key: string }> };

const findVideo = cache((scope: Scope, key: string) => videoByKey(runtime().db, scope, key));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const scope = await permitScope('dashboards:read');
  const video = await findVideo(scope, (await params).key);
  return { title: video ? `Watch ${video.title}` : 'Unknown video' };
}

export default async function WatchPage({ params }: Props) {
  const scope = await permitScope('dashboards:read');
  const video = await findVideo(scope, (await params).key);
  if (!video) notFound();
  const { key, title, channel, sourceUrl } = video;
  const isOwn = video.leavesOutMembers && (await isPermitted('channel:manage', { channel: channel.id }));
  const crumbs = [
    { name: 'Videos', href: '/videos' },
    { name: channel.name, href: `/channels/${channel.handle}` },
  ];
  return (
    <>
      <PageHeader title={title} crumbs={crumbs}>
        <Link href={`/videos/${key}`} className="block rounded border border-edge px-3 py-0.5 hover:bg-hover">
          Its audience
        </Link>
      </PageHeader>
      <div className="grid aspect-video max-h-[70dvh] w-full overflow-hidden rounded border border-rule bg-[black]">
        {sourceUrl ? (
          <WatchedVideo key={key} boxofficeKey={key} src={sourceUrl} title={title} />
        ) : (
          <NoSource videoKey={key} />
        )}
      </div>
      {sourceUrl && (
        <p className="mt-3 text-muted">
          {isOwn ? 'Your own views are not counted.' : 'Playing it here counts one view, like anywhere else.'}
        </p>
      )}
    </>
  );
}

function NoSource({ videoKey }: { videoKey: string }) {
  return (
    <p className="place-self-center text-balance p-4 text-center text-[#a5a298]">
      There is nothing to play: this video has no source. Give it one with{' '}
      <code className="wrap-anywhere font-mono text-[#ecebe5] text-xs">{sourceCommand(videoKey)}</code>, or embed it
      beside your own player.
    </p>
  );
}
