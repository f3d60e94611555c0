import type { Metadata } from 'next';
import Link from 'next/link';
import { permitScope } from '#app/permit.ts';
import { addressWith, type SearchParams } from '#components/address.ts';
import { CurrentStamp } from '#components/current-stamp.tsx';
import { exact } from '#components/number-text.ts';
import { PageHeader } from '#components/page-header.tsx';
import { Panel } from '#components/panel.tsx';
import { dateText, instantText } from '#components/time-text.ts';
import type { TopWindow } from '#reports/top-videos.ts';
import { runtime } from '#runtime.ts';
import { askedCharts, type Charts } from './asked-charts.ts';
import { ChartList } from './chart-list.tsx';
import { TrendingPanel } from './trending-panel.tsx';

export const metadata: Metadata = { title: 'Charts' };

const shownWindows: TopWindow[] = ['last-60-minutes', 'hour', 'day', 'month', 'all'];
const names: Record<TopWindow, string> = {
  'last-60-minutes': 'Last 60 minutes',
  hour: 'This hour',
  day: 'Today',
  month: 'This month',
  all: 'All time',
};
const befores: Record<TopWindow, string> = {
  'last-60-minutes': 'the 60 minutes before',
  hour: 'the hour before',
  day: 'yesterday',
  month: 'last month',
  all: '',
};

export default async function ChartsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const scope = await permitScope('dashboards:read');
  const params = await searchParams;
  const now = new Date();
  const charts = await askedCharts(scope, params, now);
  const { window, channel, videos } = charts;
  const query = { channel: channel?.handle, window: window === 'last-60-minutes' ? undefined : window };
  return (
    <>
      <PageHeader
        title="Charts"
        crumbs={channel ? [{ name: channel.name, href: `/channels/${channel.handle}` }] : undefined}
      >
        {videos.length > 0 && (
          <a
            href={addressWith('/charts/export', query)}
            download
            className="block rounded border border-edge px-3 py-0.5 hover:bg-hover"
          >
            Download as CSV
          </a>
        )}
      </PageHeader>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-10 xl:grid-cols-[minmax(0,1fr)_22rem]">
        <Panel
          title={channel ? `Most watched of ${channel.name}` : 'Most watched'}
          control={<Windows current={window} address={addressWith('/charts', { channel: channel?.handle })} />}
        >
          <p className="mb-3 text-muted">
            {names[window]}
            {startText(charts)}: people,{' '}
            {videos.length === 0 ? 'nobody yet' : `${exact(videos.length)} of at most 1,000 videos`}
            {befores[window] && `; movement against ${befores[window]}`}.
          </p>
          {videos.length > 0 && <ChartList videos={videos} caption={`Most watched videos, ${names[window]}`} />}
          <div className="mt-3">
            <CurrentStamp now={now} />
          </div>
        </Panel>
        <div className="max-xl:order-first">
          <TrendingPanel scope={channel ? [channel.id] : scope} now={now} />
        </div>
      </div>
    </>
  );
}

function Windows({ current, address }: { current: TopWindow; address: string }) {
  return (
    <nav aria-label="Window">
      <ul className="flex flex-wrap gap-1">
        {shownWindows.map((window) => (
          <li key={window}>
            <Link
              href={addressWith(address, { window: window === 'last-60-minutes' ? undefined : window })}
              scroll={false}
              aria-current={window === current ? 'true' : undefined}
              className="block rounded px-2 py-0.5 hover:bg-hover aria-[current]:bg-ink aria-[current]:text-canvas"
            >
              {names[window]}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function startText({ window, from }: Charts): string {
  const { timeZone } = runtime();
  if (!from) return '';
  if (window === 'day' || window === 'month') return ` since ${dateText(from, 'day')}`;
  return ` since ${instantText(from, 'minute', timeZone)}`;
}
