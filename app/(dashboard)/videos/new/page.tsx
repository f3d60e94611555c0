import type { Metadata } from 'next';
import Link from 'next/link';
import { channelsToManage } from '#app/managing.ts';
import { managedChannels } from '#channels/managed-channels.ts';
import { ActionForm } from '#components/action-form.tsx';
import { firstText, type SearchParams } from '#components/address.ts';
import { PageHeader } from '#components/page-header.tsx';
import { runtime } from '#runtime.ts';
import { videoFields } from '../video-form.ts';
import { createVideo } from './create-video.ts';

export const metadata: Metadata = { title: 'New video' };

export default async function NewVideoPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { ids } = await channelsToManage();
  const { accounts, timeZone } = runtime();
  const channels = (await managedChannels(accounts.sql, ids)).filter(({ isArchived }) => !isArchived);
  const asked = firstText((await searchParams).channel);
  const chosen = channels.find(({ handle }) => handle === asked) ?? channels[0];
  return (
    <>
      <PageHeader title="New video" crumbs={[{ name: 'Videos', href: '/videos' }]} />
      {chosen ? (
        <ActionForm
          action={createVideo}
          submit="Create the video"
          fields={[
            {
              ...{ name: 'channel', label: 'Channel', defaultValue: chosen.handle },
              options: channels.map(({ handle, name }) => ({ value: handle, name })),
            },
            {
              ...{ name: 'key', label: 'Key', required: true, maxLength: 128, isMono: true },
              hint: 'What players send, and its address: 1 to 128 of A-Z a-z 0-9 _ ~ . -. It cannot be changed later.',
            },
            ...videoFields(timeZone),
          ]}
        />
      ) : (
        <p>
          There is no channel that takes videos: make one, or bring one back, on the page{' '}
          <Link href="/channels" className="underline underline-offset-4">
            Channels
          </Link>
          .
        </p>
      )}
      {chosen && (
        <p className="mt-6 text-muted">
          Many at once?{' '}
          <Link href="/videos/many" className="underline underline-offset-4">
            Create and change videos by a sheet
          </Link>
          .
        </p>
      )}
    </>
  );
}
