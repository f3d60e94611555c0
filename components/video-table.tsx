import Link from 'next/link';
import type { ReactNode } from 'react';
import type { Scope } from '#accounts/may.ts';
import { isoSeconds } from '#reports/calendar.ts';
import { channelByHandle } from '#reports/channel-by-handle.ts';
import type { FigureTime } from '#reports/explain-address.ts';
import { lastHourRange } from '#reports/last-hour.ts';
import { type TableQuery, type TableVideo, videoTable } from '#reports/video-table.ts';
import { runtime } from '#runtime.ts';
import { addressWith } from './address.ts';
import { CurrentStamp } from './current-stamp.tsx';
import { Explained } from './explained.tsx';
import { exact } from './number-text.ts';
import { OpeningViews } from './opening-part.tsx';
import { SortHeaders } from './sort-headers.tsx';
import { Sparkline } from './sparkline.tsx';
import { TablePages } from './table-pages.tsx';
import { instantText } from './time-text.ts';
import { VideoTableFoot } from './video-table-foot.tsx';

type Props = {
  /** Beyond it there is nothing. */
  scope: Scope;
  query: TableQuery;
  /** Of the page the table stands on, with its parameters. */
  address: string;
  now: Date;
  /** What to do while there is no video at all. */
  firstSteps: ReactNode;
};

/** One markup for both: a table on wide screens, a card a row on phones and tablets. */
export async function VideoTable({ scope, query, address, now, firstSteps }: Props) {
  const { db, timeZone } = runtime();
  const { rows, total, page, inAll } = await videoTable(db, scope, query, now, timeZone);
  if (total === 0) return <NoRows scope={scope} query={query} address={address} firstSteps={firstSteps} />;
  const hour = hourOf(now);
  return (
    <>
      <table id="table" className="w-full scroll-mt-4 max-lg:block [&_td]:px-2 [&_th]:px-2">
        <caption className="sr-only">Videos, {exact(total)} in all</caption>
        <thead className="max-lg:block">
          <SortHeaders query={query} address={address} />
        </thead>
        <tbody className="max-lg:block">
          {rows.map((video) => (
            <Row key={video.id} video={video} hour={hour} timeZone={timeZone} />
          ))}
        </tbody>
        {inAll && <VideoTableFoot rows={rows} inAll={inAll} owner={{ channel: query.channel }} hour={hour} />}
      </table>
      <TablePages query={{ ...query, page }} address={address} total={total} shown={rows.length}>
        <CurrentStamp now={now} />
      </TablePages>
    </>
  );
}

async function NoRows({ scope, query: { search, channel: handle }, address, firstSteps }: Omit<Props, 'now'>) {
  const channel = handle ? await channelByHandle(runtime().db, scope, handle) : undefined;
  if (handle && !channel) {
    return <Nothing said={`There is no channel “${handle}”.`} href="/videos" wayOn="Show the videos of all channels" />;
  }
  if (!search) {
    return (
      <div className="grid max-w-prose gap-2 border-rule border-t py-8">
        <p>{channel ? `${channel.name} has no videos yet.` : 'There are no videos yet.'}</p>
        {firstSteps}
      </div>
    );
  }
  if (channel) {
    const said = `No title or key in ${channel.name} contains “${search}”.`;
    return <Nothing said={said} href={addressWith('/videos', { search })} wayOn="Search all channels" />;
  }
  const href = addressWith(address, { search: undefined, page: undefined });
  return <Nothing said={`No title or key contains “${search}”.`} href={href} wayOn="Show all videos" />;
}

function Nothing({ said, href, wayOn }: { said: string; href?: string; wayOn?: string }) {
  return (
    <p className="border-rule border-t py-8">
      {said}{' '}
      {href && (
        <Link href={href} className="underline underline-offset-4">
          {wayOn}
        </Link>
      )}
    </p>
  );
}

function hourOf(now: Date): FigureTime {
  const { from, to } = lastHourRange(now);
  return { unit: 'minute', from: isoSeconds(from), to: isoSeconds(to) };
}

function Row({ video, hour, timeZone }: { video: TableVideo; hour: FigureTime; timeZone: string }) {
  return (
    <tr className="border-rule border-t hover:bg-hover max-lg:grid max-lg:grid-cols-[1fr_1fr_auto] max-lg:py-2">
      <th scope="row" className="min-w-0 py-1.5 text-left font-normal max-lg:col-span-full lg:w-full lg:max-w-0">
        <Link href={`/videos/${video.key}`} prefetch={false} className="font-medium underline-offset-4 hover:underline">
          {video.title}
        </Link>
        <span className="flex gap-1 text-muted text-xs leading-4">
          <Link
            href={`/channels/${video.channelHandle}`}
            prefetch={false}
            className="max-w-3/5 shrink-0 truncate underline-offset-4 hover:underline"
          >
            {video.channelName}
          </Link>
          <span aria-hidden="true">·</span>
          <span title={video.key} className="truncate font-mono">
            {video.key}
          </span>
        </span>
      </th>
      <td className="whitespace-nowrap text-right text-muted max-lg:hidden">
        {instantText(video.publishedAt, 'day', timeZone)}
      </td>
      <td className="w-32 max-lg:order-last max-lg:w-auto">
        <Sparkline counts={video.spark} />
      </td>
      <td className="text-right max-lg:text-left">
        <span className="block text-muted text-xs lg:hidden">Last hour</span>
        <Explained count={video.peopleLastHour} owner={{ video: video.key }} time={hour} />
      </td>
      <td className="text-right max-lg:text-left">
        <span className="block text-muted text-xs lg:hidden">Lifetime</span>
        <Explained count={video.people} owner={{ video: video.key }} time={{ unit: 'total' }} />
        <div className="leading-4">
          <OpeningViews views={video.opening} />
        </div>
      </td>
    </tr>
  );
}
