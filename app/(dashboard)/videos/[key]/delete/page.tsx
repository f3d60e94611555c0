import type { Metadata } from 'next';
import { permitRemovedVideo, permitVideo } from '#app/managing.ts';
import { ActionForm } from '#components/action-form.tsx';
import { PageHeader } from '#components/page-header.tsx';
import { runtime } from '#runtime.ts';
import { findRemovedVideo } from '#videos/find-video.ts';
import { mergeTarget } from '../merge/merge-target.ts';
import { RecordedViews } from '../recorded-views.tsx';
import { deleteForGood } from './delete-for-good.ts';
import { Deleted } from './deleted.tsx';

type Props = { params: Promise<{ key: string }> };

export const metadata: Metadata = { title: 'Delete' };

/** Beforehand what goes; afterwards, at the same address, where things stand. */
export default async function DeletePage({ params }: Props) {
  const { key } = await params;
  if (await findRemovedVideo(runtime().accounts.sql, key)) {
    const { mergedInto } = (await permitRemovedVideo(key)).video;
    const target = mergedInto === null ? undefined : await mergeTarget(key, mergedInto);
    return <Deleted name={key} isMerged={mergedInto !== null} target={target?.video && mergedInto} />;
  }
  const { video } = await permitVideo(key);
  return (
    <>
      <PageHeader
        title={`Delete ${video.title}`}
        crumbs={[
          { name: 'Videos', href: '/videos' },
          { name: video.title, href: `/videos/${key}` },
          { name: 'Edit', href: `/videos/${key}/edit` },
        ]}
      />
      <div className="grid max-w-xl gap-4">
        <RecordedViews name={key} video={key} />
        <p>This goes, and cannot be brought back:</p>
        <ul className="grid list-disc gap-1 pl-5">
          <li>these views, from the channel {video.channel} and from all channels together, on every day;</li>
          <li>its page, its place in lists and searches, its embeds and badges: they say that there is no video;</li>
          <li>views that come in later: they are not counted (unknown_video);</li>
          <li>its key, which is not given again.</li>
        </ul>
        <p>
          This stays: the rows of the log until they are too old, so that days that were proved still prove, the
          receipts of its views, which say that it was deleted, and an entry in the audit of changes.
        </p>
        <p>Two keys for one video? Merge it instead: that keeps the views, and can be undone.</p>
        <ActionForm
          action={deleteForGood.bind(null, key)}
          submit="Delete it for good"
          isGrave
          fields={[
            {
              ...{ name: 'key', label: 'Key', required: true, maxLength: 128, isMono: true },
              hint: `Type ${key} to say that you mean this one.`,
            },
          ]}
        />
      </div>
    </>
  );
}
