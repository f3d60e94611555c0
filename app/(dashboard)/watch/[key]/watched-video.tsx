'use client';
import { useEffect, useRef } from 'react';
import { MediaPlayer } from '#components/media-player.tsx';
import { watchMedia } from '#player/attach.ts';
import { type Counter, openCounter } from '#player/counter.ts';
import type { Answer, SentView } from '#player/send.ts';
import { whereSeen } from '#player/where.ts';
import { recordView } from './record-view.ts';

type Props = { boxofficeKey: string; src: string; title: string };

let counter: Counter | undefined;

/** A video that counts as player.js does, but through the server action. */
export function WatchedVideo({ boxofficeKey, src, title }: Props) {
  const ref = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    counter ??= openCounter({
      post: recordAll,
      beacon: (views) => navigator.sendBeacon('/api/views', JSON.stringify(views)),
      where: () => whereSeen(`${location.origin}/embed/`),
    });
    if (ref.current) watchMedia(ref.current, () => boxofficeKey, counter.view);
  }, [boxofficeKey]);
  return <MediaPlayer src={src} title={title} videoRef={ref} />;
}

async function recordAll(views: SentView[]): Promise<Answer> {
  return { status: 200, results: await Promise.all(views.map(recordView)) };
}
