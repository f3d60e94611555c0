import Link from 'next/link';
import { Explained } from '#components/explained.tsx';
import { exact } from '#components/number-text.ts';
import { OpeningViews } from '#components/opening-part.tsx';
import { Sparkline } from '#components/sparkline.tsx';
import { shiftDay } from '#db/day.ts';
import type { ListedChannel } from '#reports/channel-list.ts';
import type { FigureTime } from '#reports/explain-address.ts';

type Props = { channels: ListedChannel[]; today: string };

export function ChannelTable({ channels, today }: Props) {
  const days = { unit: 'day', from: shiftDay(today, -27), to: shiftDay(today, 1) } as const;
  const total = (field: 'videos' | 'people' | 'opening' | 'peopleLast28Days') =>
    channels.reduce((sum, channel) => sum + channel[field], 0);
  return (
    <table className="w-full text-right [&_td]:px-2 [&_th]:px-2">
      <caption className="sr-only">Channels and the people who watched them</caption>
      <thead className="text-muted text-xs [&_th]:font-normal">
        <tr>
          <th scope="col" className="text-left">
            Channel
          </th>
          <th scope="col" className="max-sm:hidden">
            Videos
          </th>
          <th scope="col" className="max-sm:hidden">
            Trend
          </th>
          <th scope="col">28 days</th>
          <th scope="col">Lifetime</th>
        </tr>
      </thead>
      <tbody>
        {channels.map((channel) => (
          <Row key={channel.id} channel={channel} days={days} />
        ))}
      </tbody>
      <tfoot className="font-semibold">
        <tr className="border-ink/70 border-t">
          <th scope="row" className="py-1 text-left">
            Total
          </th>
          <td className="max-sm:hidden">{exact(total('videos'))}</td>
          <td className="max-sm:hidden" />
          <td>
            <Explained count={total('peopleLast28Days')} owner={{}} time={days} />
          </td>
          <td>
            <Explained count={total('people')} owner={{}} time={{ unit: 'total' }} />
            <div className="font-normal leading-4">
              <OpeningViews views={total('opening')} />
            </div>
          </td>
        </tr>
      </tfoot>
    </table>
  );
}

function Row({ channel, days }: { channel: ListedChannel; days: FigureTime }) {
  return (
    <tr className="border-rule border-t">
      <th scope="row" className="py-1 text-left font-normal">
        <Link href={`/channels/${channel.handle}`} className="font-medium underline-offset-4 hover:underline">
          {channel.name}
        </Link>
      </th>
      <td className="text-muted max-sm:hidden">{exact(channel.videos)}</td>
      <td className="w-28 max-sm:hidden">
        <Sparkline counts={channel.spark} />
      </td>
      <td>
        <Explained count={channel.peopleLast28Days} owner={{ channel: channel.handle }} time={days} />
      </td>
      <td>
        <Explained count={channel.people} owner={{ channel: channel.handle }} time={{ unit: 'total' }} />
        <div className="leading-4">
          <OpeningViews views={channel.opening} />
        </div>
      </td>
    </tr>
  );
}
