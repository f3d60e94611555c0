import Link from 'next/link';
import { addressWith } from '#components/address.ts';
import type { Screened } from '#reports/screened.ts';
import type { ByVideo } from '#reports/screened-by-video.ts';
import { barColour } from './bar-colour.ts';
import { RankedRows } from './ranked-rows.tsx';

type Props = { byVideo: ByVideo; total: number; reason: Screened | undefined; address: string };

export function VideoTable({ byVideo: { videos, other }, total, reason, address }: Props) {
  if (total === 0) return <p className="text-muted">Nothing in this time.</p>;
  return (
    <RankedRows
      caption={`Videos of ${reason ?? 'views not counted'}`}
      heading="Video"
      colour={barColour(reason)}
      total={total}
      other={other}
      rows={videos.map(({ key, title, views }) => ({
        key: key ?? '',
        views,
        name:
          key === null ? (
            <span className="text-muted" title="No video has the key that was sent, or none could be read">
              (unknown video)
            </span>
          ) : (
            <Link
              href={addressWith(address, { video: key })}
              prefetch={false}
              scroll={false}
              title={key}
              className="underline-offset-4 hover:underline"
            >
              {title}
            </Link>
          ),
      }))}
    />
  );
}
