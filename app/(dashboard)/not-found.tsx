import Link from 'next/link';
import { Message } from '#components/message.tsx';

export default function NotFound() {
  return (
    <Message title="There is no page here">
      <p>The address may be mistyped, or what it showed was removed. No view was lost by it.</p>
      <p>
        Go to the{' '}
        <Link href="/" className="underline underline-offset-4">
          overview
        </Link>{' '}
        or search{' '}
        <Link href="/videos" className="underline underline-offset-4">
          all videos
        </Link>
        .
      </p>
    </Message>
  );
}
