import Link from 'next/link';
import type { ManagedChannel } from '#channels/managed-channels.ts';
import { exact } from '#components/number-text.ts';
import type { ChannelId } from '#db/schema.ts';

type Props = { channels: ManagedChannel[]; videos: Map<ChannelId, number>; maySet: boolean };

export function ChannelsTable({ channels, videos, maySet }: Props) {
  return (
    <div className="relative overflow-x-auto">
      <table className="w-full [&_td]:px-2 [&_td]:py-1.5 [&_th]:px-2 [&_th]:py-1.5">
        <caption className="sr-only">Channels, {exact(channels.length)} in all</caption>
        <thead className="text-right text-muted text-xs [&_th]:font-normal">
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
        <tbody>
          {channels.map((channel) => (
            <tr key={channel.id} className="border-rule border-t text-right hover:bg-hover">
              <th scope="row" className="text-left font-normal">
                <Link href={`/channels/${channel.handle}`} className="font-medium underline-offset-4 hover:underline">
                  {channel.name}
                </Link>
                <span className="block text-muted text-xs leading-4">
                  {channel.handle}
                  {channel.isArchived && ' · archived'}
                </span>
              </th>
              <td>{exact(videos.get(channel.id) ?? 0)}</td>
              <td>{channel.origins === 0 ? 'every' : exact(channel.origins)}</td>
              <td>{exact(channel.members)}</td>
              {maySet && (
                <td>
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
    </div>
  );
}
