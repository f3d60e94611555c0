import Link from 'next/link';
import type { Scope } from '#accounts/may.ts';
import { exact } from '#components/number-text.ts';
import { Panel } from '#components/panel.tsx';
import { leastPeople, type Trending, trending } from '#reports/trending.ts';
import { runtime } from '#runtime.ts';

const listed = 5;

/** What grows, of all channels of the reader or of one. */
export function TrendingPanel({ scope, now }: { scope: Scope; now: Date }) {
  return (
    <Panel title="Trending" height="h-[12rem]">
      <Growing scope={scope} now={now} />
    </Panel>
  );
}

async function Growing({ scope, now }: { scope: Scope; now: Date }) {
  const { db, timeZone } = runtime();
  const found = await trending(db, scope, now, timeZone, listed);
  return (
    <>
      {found.length > 0 ? (
        <ol aria-label="Trending videos" className="grid gap-1">
          {found.map((video) => (
            <Row key={video.key} video={video} />
          ))}
        </ol>
      ) : (
        <p>Nothing grows beyond its usual at the moment.</p>
      )}
      <p className="mt-2 max-w-prose text-muted text-xs leading-5">
        People of the last 24 whole hours against the mean of the same hours in the four weeks before; at least{' '}
        {leastPeople} people and half as many again.
      </p>
    </>
  );
}

function Row({ video: { key, title, channelName, people, usual, growth } }: { video: Trending }) {
  return (
    <li className="flex flex-wrap justify-between gap-x-4 border-rule border-b py-1">
      <Link
        href={`/videos/${key}`}
        title={`${title} (${channelName})`}
        className="min-w-0 truncate underline-offset-4 hover:underline"
      >
        {title}
      </Link>
      <span className="text-muted">
        <strong className="font-semibold text-ink">{growth.toFixed(1)}x</strong> {exact(people)} people, usually{' '}
        {exact(Math.round(usual))}
      </span>
    </li>
  );
}
