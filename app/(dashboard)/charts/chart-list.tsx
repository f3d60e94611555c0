import { ArrowDown, ArrowUp, Minus } from 'lucide-react';
import Link from 'next/link';
import { exact, percent } from '#components/number-text.ts';
import type { RankedVideo } from '#reports/top-videos.ts';

type Props = { videos: RankedVideo[]; caption: string };

/** A thousand rows: what is not on the screen is not laid out, so that they scroll as smoothly as ten. */
export function ChartList({ videos, caption }: Props) {
  const most = videos[0]?.views ?? 1;
  const total = videos.reduce((sum, { views }) => sum + views, 0);
  return (
    <table className="w-full table-fixed text-right">
      <caption className="sr-only">{caption}</caption>
      <thead className="text-muted text-xs">
        <tr>
          <th scope="col" className="w-12 px-1 font-normal sm:w-14 sm:px-2">
            Rank
          </th>
          <th scope="col" className="w-14 px-1 font-normal sm:w-24 sm:px-2">
            Before
          </th>
          <th scope="col" className="px-2 text-left font-normal">
            Video
          </th>
          <th scope="col" className="w-20 px-2 font-normal sm:w-28">
            People
          </th>
          <th scope="col" className="w-20 px-2 font-normal max-sm:hidden">
            Share
          </th>
        </tr>
      </thead>
      <tbody>
        {videos.map((video) => (
          <Row key={video.videoId} video={video} most={most} total={total} />
        ))}
      </tbody>
      <tfoot className="font-semibold">
        <tr className="border-ink/70 border-t">
          <th scope="row" colSpan={3} className="px-2 py-1 text-left">
            Total of the list
          </th>
          <td className="px-2">{exact(total)}</td>
          <td className="px-2 max-sm:hidden">100 %</td>
        </tr>
      </tfoot>
    </table>
  );
}

function Row({ video, most, total }: { video: RankedVideo; most: number; total: number }) {
  return (
    <tr className="border-rule border-t [contain-intrinsic-size:auto_2rem] [content-visibility:auto]">
      <td className="px-1 font-semibold sm:px-2">{exact(video.rank)}</td>
      <td className="px-1 text-muted text-xs sm:px-2">
        <Movement {...video} />
      </td>
      <th scope="row" className="relative px-2 py-1 text-left font-normal">
        <span
          aria-hidden="true"
          className="absolute inset-y-px left-0 rounded-r bg-people-soft"
          style={{ width: `${(video.views / most) * 100}%` }}
        />
        <Link
          href={`/videos/${video.key}`}
          prefetch={false}
          title={`${video.title} (${video.channelName})`}
          className="relative block truncate underline-offset-4 hover:underline"
        >
          {video.title}
        </Link>
      </th>
      <td className="px-2">{exact(video.views)}</td>
      <td className="px-2 text-muted max-sm:hidden">{percent(video.views, total)}</td>
    </tr>
  );
}

function Movement({ rank, previousRank }: RankedVideo) {
  if (previousRank === null) return <span title="In no list before">new</span>;
  const places = previousRank - rank;
  const Icon = places > 0 ? ArrowUp : places < 0 ? ArrowDown : Minus;
  const text =
    places > 0
      ? `up ${places} from ${previousRank}`
      : places < 0
        ? `down ${-places} from ${previousRank}`
        : 'as before';
  return (
    <span title={text} className="inline-flex items-center justify-end gap-0.5">
      <Icon aria-hidden="true" className="size-3" />
      <span aria-hidden="true">{places === 0 ? previousRank : Math.abs(places)}</span>
      <span className="sr-only">{text}</span>
    </span>
  );
}
