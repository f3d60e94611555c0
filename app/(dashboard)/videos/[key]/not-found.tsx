'use client';

import Link from 'next/link';
import { useParams } from 'next/navigation';
import { Message } from '#components/message.tsx';

export default function UnknownVideo() {
  const { key } = useParams<{ key: string }>();
  return (
    <Message title="No video has this key">
      <p>
        There is no video <code className="break-all font-mono">{decodeURIComponent(key)}</code>. Keys tell small from
        capital letters. Views sent under an unknown key are not counted:{' '}
        <Link href="/not-counted?reason=unknown_video" className="font-mono underline underline-offset-4">
          unknown_video
        </Link>
        .
      </p>
      <p>
        <Link href={`/videos?search=${key}`} className="underline underline-offset-4">
          Search for it
        </Link>{' '}
        or look through{' '}
        <Link href="/videos" className="underline underline-offset-4">
          all videos
        </Link>
        .
      </p>
    </Message>
  );
}
