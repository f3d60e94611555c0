import Link from 'next/link';
import type { ReactNode } from 'react';
import { addressWith } from '#components/address.ts';
import { counted } from '#components/number-text.ts';
import type { Screened } from '#reports/screened.ts';

type Props = {
  reason: Screened | undefined;
  video: { key: string; title: string } | undefined;
  /** How many are left. */
  views: number;
  address: string;
};

/** What the page was narrowed to, each with its way back. */
export function Chosen({ reason, video, views, address }: Props) {
  const isNarrowed = reason !== undefined && reason !== 'duplicate';
  if (!isNarrowed && !video) return null;
  return (
    <ul aria-label="Narrowed to" className="mb-3 flex flex-wrap items-center gap-2">
      <li className="font-semibold">{counted(views, 'view', 'views')}</li>
      {isNarrowed && (
        <One wayOn="Show all reasons" href={addressWith(address, { reason: undefined })}>
          only <code className="font-mono text-xs">{reason}</code>
        </One>
      )}
      {video && (
        <One wayOn="Show all videos" href={addressWith(address, { video: undefined })}>
          only{' '}
          <Link href={`/videos/${video.key}`} className="underline underline-offset-4">
            {video.title}
          </Link>
        </One>
      )}
    </ul>
  );
}

function One({ wayOn, href, children }: { wayOn: string; href: string; children: ReactNode }) {
  return (
    <li className="flex min-w-0 flex-wrap items-center gap-x-3 rounded bg-hover px-2 leading-8">
      <span className="min-w-0 truncate">{children}</span>
      <Link
        href={href}
        prefetch={false}
        scroll={false}
        className="shrink-0 text-muted text-xs underline underline-offset-4 hover:text-ink"
      >
        {wayOn}
      </Link>
    </li>
  );
}
