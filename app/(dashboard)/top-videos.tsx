import Link from 'next/link';
import { Explained } from '#components/explained.tsx';
import { exact, percent } from '#components/number-text.ts';
import type { FigureTime } from '#reports/explain-address.ts';
import type { TopVideo } from '#reports/top-now.ts';

type Props = {
  videos: TopVideo[];
  /** People in the hour of all videos, out of the same snapshot. */
  total: number;
  /** Of the hour. */
  time: FigureTime;
};

/** Ranked bars that end with the rest and a total, so that the rows sum to the headline. */
export function TopVideos({ videos, total, time }: Props) {
  const sum = videos.reduce((people, video) => people + video.people, 0);
  const most = videos[0]?.people ?? 0;
  if (most === 0) return <p className="text-muted">Nobody has started a video in the last hour.</p>;
  return (
    <table className="w-full table-fixed text-right">
      <caption className="sr-only">Most watched videos of the last 60 minutes</caption>
      <thead className="text-muted text-xs">
        <tr>
          <th scope="col" className="px-2 text-left font-normal">
            Video
          </th>
          <th scope="col" className="w-16 px-2 font-normal sm:w-20">
            People
          </th>
          <th scope="col" className="w-16 px-2 font-normal">
            Share
          </th>
        </tr>
      </thead>
      <tbody>
        {videos.map((video) => (
          <Row key={video.videoId} video={video} most={most} total={total} time={time} />
        ))}
        {total > sum && (
          <tr className="border-rule border-t text-muted">
            <th scope="row" className="px-2 py-1 text-left font-normal">
              (other)
            </th>
            <td className="px-2">{exact(total - sum)}</td>
            <td className="px-2">{percent(total - sum, total)}</td>
          </tr>
        )}
      </tbody>
      <tfoot className="font-semibold">
        <tr className="border-ink/70 border-t">
          <th scope="row" className="px-2 py-1 text-left">
            Total
          </th>
          <td className="px-2">
            <Explained count={total} owner={{}} time={time} />
          </td>
          <td className="px-2">100 %</td>
        </tr>
      </tfoot>
    </table>
  );
}

type RowProps = { video: TopVideo; most: number; total: number; time: FigureTime };

function Row({ video, most, total, time }: RowProps) {
  return (
    <tr className="border-rule border-t">
      <th scope="row" className="relative px-2 py-1 text-left font-normal">
        <span
          aria-hidden="true"
          className="absolute inset-y-px left-0 rounded-r bg-people-soft"
          style={{ width: `${(video.people / most) * 100}%` }}
        />
        <Link
          href={`/videos/${video.key}`}
          title={`${video.title} (${video.channelName})`}
          className="relative block truncate underline-offset-4 hover:underline"
        >
          {video.title}
        </Link>
      </th>
      <td className="px-2">
        <Explained count={video.people} owner={{ video: video.key }} time={time} />
      </td>
      <td className="px-2 text-muted">{percent(video.people, total)}</td>
    </tr>
  );
}
