import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { connection } from 'next/server';
import { cache } from 'react';
import { MediaPlayer } from '#components/media-player.tsx';
import { videoByKey } from '#reports/video-by-key.ts';
import { runtime } from '#runtime.ts';
import { Notice } from './notice.tsx';

type Props = {
  params: Promise<{ key: string }>;
  /** `autoplay=1` starts at once and without sound, `loop=1` never ends. */
  searchParams: Promise<{ autoplay?: string; loop?: string }>;
};

const findVideo = cache((key: string) => videoByKey(runtime().db, 'all', key));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  await connection();
  const video = await findVideo((await params).key);
  return { title: video?.title ?? 'Unknown video' };
}

/** Public: stands in other people's pages, and counts like any other page by player.js. */
export default async function EmbedPage({ params, searchParams }: Props) {
  await connection();
  const video = await findVideo((await params).key);
  if (!video) notFound();
  if (!video.sourceUrl) return <Notice title={video.title}>There is nothing to play: this video has no source.</Notice>;
  const { autoplay, loop } = await searchParams;
  return (
    <>
      <script async src="/player.js" />
      <MediaPlayer
        src={video.sourceUrl}
        title={video.title}
        boxofficeKey={video.key}
        autoPlay={autoplay === '1'}
        loop={loop === '1'}
      />
    </>
  );
}
