import type { Metadata } from 'next';
import { channelMembersOf } from '#accounts/channel-members.ts';
import { permitChannel } from '#app/managing.ts';
import { isPermitted } from '#app/permit.ts';
import { ActionForm } from '#components/action-form.tsx';
import { firstText, type SearchParams } from '#components/address.ts';
import { PageHeader } from '#components/page-header.tsx';
import { Panel } from '#components/panel.tsx';
import { runtime } from '#runtime.ts';
import { rename, setArchived } from './actions.ts';
import { Counting } from './counting.tsx';
import { Members } from './members.tsx';
import { Sites } from './sites.tsx';

type Props = { params: Promise<{ handle: string }>; searchParams: Promise<SearchParams> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { channel } = await permitChannel((await params).handle);
  return { title: `Settings of ${channel.name}` };
}

const news = new Map([
  ['made', 'The channel is made. It takes videos, and every site may count for it until the list below has one.'],
  ['renamed', 'Saved. The old address leads nowhere from now on.'],
]);

export default async function ChannelSettingsPage({ params, searchParams }: Props) {
  const { channel } = await permitChannel((await params).handle);
  const { handle, name, isArchived } = channel;
  const said = news.get(firstText((await searchParams).said) ?? '');
  const isAdmin = await isPermitted('accounts:manage');
  const crumbs = [
    { name: 'Channels', href: '/channels' },
    { name, href: `/channels/${handle}` },
  ];
  return (
    <>
      <PageHeader title="Settings" crumbs={crumbs} />
      {said && (
        <p role="status" className="mb-6">
          {said}
        </p>
      )}
      <div className="grid grid-cols-[minmax(0,1fr)] gap-10">
        <Panel title="Name">
          <ActionForm
            action={rename.bind(null, handle)}
            submit="Save"
            fields={[
              { name: 'name', label: 'Name', defaultValue: name, required: true, maxLength: 200 },
              {
                ...{
                  name: 'handle',
                  label: 'Handle',
                  defaultValue: handle,
                  required: true,
                  maxLength: 63,
                  isMono: true,
                },
                hint: 'Its address: a-z 0-9 -. With another one the old address leads nowhere; what was counted stays.',
              },
            ]}
          />
        </Panel>
        <Panel title="Sites that may count">
          <Sites channel={channel} />
        </Panel>
        <Panel title="What counts">
          <Counting channel={channel} />
        </Panel>
        <Panel title="Members">
          <Members
            channel={channel}
            members={await channelMembersOf(runtime().accounts.sql, channel.id)}
            mayChange={isAdmin}
          />
        </Panel>
        <Panel title="Archive">
          <p className="mb-3 max-w-prose">
            {isArchived
              ? 'It is archived: nobody adds a video to it. Its videos are counted and listed as before.'
              : 'An archived channel takes no more videos. Those in it are counted, listed and proved as before, and it can be brought back.'}
          </p>
          <ActionForm
            action={setArchived.bind(null, handle, !isArchived)}
            submit={isArchived ? 'Bring it back' : 'Archive the channel'}
          />
        </Panel>
      </div>
    </>
  );
}
