import type { ChannelSettings } from '#channels/channel-settings.ts';

/** The rules of the channel beside its list of sites. */
export function Counting({ channel: { name } }: { channel: ChannelSettings }) {
  return (
    <p className="max-w-prose">
      A view of a key that {name} does not have makes no video: it is refused as{' '}
      <code className="font-mono">unknown_video</code>. Views of members count as any other.
    </p>
  );
}
