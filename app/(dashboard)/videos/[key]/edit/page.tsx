import type { Metadata } from 'next';
import Link from 'next/link';
import { channelsToManage, permitVideo } from '#app/managing.ts';
import { managedChannels } from '#channels/managed-channels.ts';
import { ActionForm } from '#components/action-form.tsx';
import { firstText, type SearchParams } from '#components/address.ts';
import { PageHeader } from '#components/page-header.tsx';
import { Panel } from '#components/panel.tsx';
import { runtime } from '#runtime.ts';
import { recordedHistory } from '#videos/recorded-history.ts';
import { videoFields } from '../../video-form.ts';
import { editVideo, moveToChannel, undo } from './actions.ts';

type Props = { params: Promise<{ key: string }>; searchParams: Promise<SearchParams> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { video } = await permitVideo((await params).key);
  return { title: `Edit ${video.title}` };
}

const button = 'inline-block h-10 rounded border px-4 leading-10 sm:h-9 sm:leading-9';

export default async function EditVideoPage({ params, searchParams }: Props) {
  const { key } = await params;
  const { video } = await permitVideo(key);
  const { accounts, timeZone } = runtime();
  const { ids } = await channelsToManage();
  const channels = await managedChannels(accounts.sql, ids);
  const others = channels.filter(({ handle, isArchived }) => handle !== video.channel && !isArchived);
  const merged = (await recordedHistory(accounts.sql, key))?.merged ?? [];
  const undone = firstText((await searchParams).merged);
  return (
    <>
      <PageHeader
        title="Edit"
        crumbs={[
          { name: 'Videos', href: '/videos' },
          { name: video.title, href: `/videos/${key}` },
        ]}
      />
      {undone && merged.includes(undone) && (
        <p role="status" className="mb-6">
          {undone} is merged into this video: its views count here now, and those to come.
        </p>
      )}
      <div className="grid grid-cols-[minmax(0,1fr)] gap-10">
        <Panel title="What it is">
          <p className="mb-4 text-muted">
            Key <span className="break-all font-mono">{key}</span>
          </p>
          <ActionForm action={editVideo.bind(null, key)} submit="Save" fields={videoFields(timeZone, video)} />
        </Panel>
        {others.length > 0 && (
          <Panel title="Channel">
            <p className="mb-3 max-w-prose">
              It stands in {channels.find(({ handle }) => handle === video.channel)?.name ?? video.channel}. It moves
              with its whole history: every view it ever had counts for the other channel, on every day. All channels
              together do not change.
            </p>
            <ActionForm
              action={moveToChannel.bind(null, key)}
              submit="Move it"
              fields={[
                {
                  ...{ name: 'channel', label: 'To the channel', value: others[0]?.handle },
                  options: others.map(({ handle, name }) => ({ value: handle, name })),
                },
              ]}
            />
          </Panel>
        )}
        <Panel title="Merge">
          <div className="grid gap-3">
            {merged.length > 0 && (
              <ul className="max-w-xl border-rule border-t">
                {merged.map((one) => (
                  <li
                    key={one}
                    className="flex flex-wrap items-center justify-between gap-x-4 border-rule border-b py-1.5"
                  >
                    <span className="break-all">
                      <span className="font-mono">{one}</span> <span className="text-muted">was merged into it</span>
                    </span>
                    <ActionForm action={undo.bind(null, one)} submit="Undo" about={`the merge of ${one}`} isSmall />
                  </li>
                ))}
              </ul>
            )}
            <p className="max-w-prose">
              Two keys for one video? Its views can count for another video, and this key go on working. It can be
              undone.
            </p>
            <p>
              <Link href={`/videos/${key}/merge`} className={`${button} border-edge hover:bg-hover`}>
                Merge it into another…
              </Link>
            </p>
          </div>
        </Panel>
        <Panel title="Delete">
          <p className="mb-3 max-w-prose">Its views count for nobody any more. That cannot be undone.</p>
          <Link href={`/videos/${key}/delete`} className={`${button} border-wrong text-wrong hover:bg-wrong-soft`}>
            Delete it…
          </Link>
        </Panel>
      </div>
    </>
  );
}
