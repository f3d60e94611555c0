import type { Metadata } from 'next';
import { managesAny } from '#app/managing.ts';
import { isPermitted, permit, visitor } from '#app/permit.ts';
import { managedChannels } from '#channels/managed-channels.ts';
import { ActionForm } from '#components/action-form.tsx';
import { PageHeader } from '#components/page-header.tsx';
import { Panel } from '#components/panel.tsx';
import { videosPerChannel } from '#reports/videos-per-channel.ts';
import { runtime } from '#runtime.ts';
import { ChannelsTable } from './channels-table.tsx';
import { createChannel } from './create-channel.ts';

export const metadata: Metadata = { title: 'Channels' };

export default async function ChannelsPage() {
  const actor = await visitor();
  const own = actor.kind === 'user' && actor.role === 'creator' ? [...actor.channels] : null;
  if (!own) await permit('dashboards:read');
  const { accounts, db } = runtime();
  const [channels, videos] = await Promise.all([managedChannels(accounts.sql, own), videosPerChannel(db, new Date())]);
  const mayCreate = await isPermitted('channel:manage');
  return (
    <>
      <PageHeader title="Channels" />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-10">
        {channels.length > 0 ? (
          <ChannelsTable channels={channels} videos={videos} maySet={await managesAny()} />
        ) : (
          <p>{own ? 'You manage no channel yet: an admin adds you to one.' : 'There is no channel yet.'}</p>
        )}
        {mayCreate && (
          <Panel title="New channel">
            <ActionForm
              action={createChannel}
              submit="Create the channel"
              fields={[
                { name: 'name', label: 'Name', hint: 'What people read.', required: true, maxLength: 200 },
                {
                  ...{ name: 'handle', label: 'Handle', required: true, maxLength: 63, isMono: true },
                  hint: 'Its address: 1 to 63 of a-z 0-9 -, such as harbour-films.',
                },
              ]}
            />
          </Panel>
        )}
      </div>
    </>
  );
}
