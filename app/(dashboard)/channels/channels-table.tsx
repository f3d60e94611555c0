import Link from 'next/link';
import type { ManagedChannel } from '#channels/managed-channels.ts';
import { CellName } from '#components/cell-name.tsx';
import { exact } from '#components/number-text.ts';
import type { ChannelId } from '#db/schema.ts';

type Props = { channels: ManagedChannel[]; videos: Map<ChannelId, number>; maySet: boolean };

export function ChannelsTable({ channels, videos, maySet }: Props) {
  return (
    <table className="w-full max-sm:block [&_td]:px-2 [&_td]:py-1.5 [&_th]:px-2 [&_th]:py-1.5">
      <caption className="sr-only">Channels, {exact(channels.length)} in all</caption>
      <thead className="text-right text-muted text-xs max-sm:sr-only [&_th]:font-normal">
        <tr>
          <th scope="col" className="text-left">
            Channel
          </th>
          <th scope="col">Videos</th>
          <th scope="col">Sites</th>
          <th scope="col">Members</th>
          {maySet && (
            <th scope="col">
              <span className="sr-only">Settings</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody className="max-sm:block">
        {channels.map((channel) => (
          <tr
            key={channel.id}
            className="border-rule border-t text-right hover:bg-hover max-sm:grid max-sm:grid-cols-[auto_auto_auto_1fr] max-sm:py-1"
          >
            <th scope="row" className="text-left font-normal max-sm:col-span-full">
              <Link href={`/channels/${channel.handle}`} className="font-medium underline-offset-4 hover:underline">
                {channel.name}
              </Link>
              <span className="block text-muted text-xs leading-4">
                {channel.handle}
                {channel.isArchived && ' · archived'}
              </span>
            </th>
            <td className="max-sm:text-left">
              <CellName below="sm">Videos</CellName>
              {exact(videos.get(channel.id) ?? 0)}
            </td>
            <td className="max-sm:text-left">
              <CellName below="sm">Sites</CellName>
              {channel.origins === 0 ? 'every' : exact(channel.origins)}
            </td>
            <td className="max-sm:text-left">
              <CellName below="sm">Members</CellName>
              {exact(channel.members)}
            </td>
            {maySet && (
              <td className="max-sm:self-end">
                <Link
                  href={`/channels/${channel.handle}/settings`}
                  className="rounded border border-edge px-2 text-xs leading-6 hover:bg-hover max-sm:inline-block"
                >
                  Settings<span className="sr-only"> of {channel.name}</span>
                </Link>
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
