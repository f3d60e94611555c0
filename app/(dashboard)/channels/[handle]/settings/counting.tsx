import type { ChannelSettings } from '#channels/channel-settings.ts';
import { ActionForm } from '#components/action-form.tsx';
import { setCounting } from './actions.ts';

/** The rules of the channel beside its list of sites. */
export function Counting({ channel }: { channel: ChannelSettings }) {
  return (
    <ActionForm
      action={setCounting.bind(null, channel.handle)}
      submit="Save what counts"
      fields={[
        {
          ...{ name: 'firstViews', label: 'Videos that first views may make a day' },
          ...{ type: 'number', defaultValue: String(channel.firstViewVideosPerDay), required: true },
          hint: 'A view of a new key from a site of the list makes the video, with the title of its page. 0: it is not counted, as unknown_video.',
        },
        {
          ...{ name: 'members', label: 'Views of members and admins who are signed in' },
          defaultValue: channel.leavesOutMembers ? 'left-out' : 'counted',
          options: [
            { value: 'left-out', name: 'are not counted' },
            { value: 'counted', name: 'count as any other' },
          ],
        },
      ]}
    />
  );
}
