import type { Metadata } from 'next';
import Form from 'next/form';
import { permitVideo } from '#app/managing.ts';
import { ActionForm } from '#components/action-form.tsx';
import { firstText, type SearchParams } from '#components/address.ts';
import { FormField } from '#components/form-field.tsx';
import { PageHeader } from '#components/page-header.tsx';
import { RecordedViews } from '../recorded-views.tsx';
import { mergeInto } from './merge-into.ts';
import { mergeTarget } from './merge-target.ts';

type Props = { params: Promise<{ key: string }>; searchParams: Promise<SearchParams> };

export const metadata: Metadata = { title: 'Merge' };

export default async function MergePage({ params, searchParams }: Props) {
  const { key } = await params;
  const { video } = await permitVideo(key);
  const into = firstText((await searchParams).into)?.trim();
  const target = into ? await mergeTarget(key, into) : undefined;
  const problem = into && !target?.video ? target?.problem : undefined;
  return (
    <>
      <PageHeader
        title={`Merge ${video.title}`}
        crumbs={[
          { name: 'Videos', href: '/videos' },
          { name: video.title, href: `/videos/${key}` },
          { name: 'Edit', href: `/videos/${key}/edit` },
        ]}
      />
      <div className="grid max-w-xl gap-6">
        <Form action={`/videos/${key}/merge`} className="grid gap-4">
          <FormField
            label="Key"
            name="into"
            required
            maxLength={128}
            isMono
            defaultValue={into}
            hint="Of the video that its views shall count for."
            problem={problem}
          />
          <button
            type="submit"
            className="h-10 justify-self-start rounded border border-edge px-4 hover:bg-hover sm:h-9"
          >
            Look it up
          </button>
        </Form>
        {target?.video && into && (
          <div className="grid gap-4 border-rule border-t pt-6">
            <RecordedViews name={key} video={key} />
            <RecordedViews name={into} video={into} />
            <p>
              After it the views of both count for <strong>{target.video.title}</strong>
              {target.video.channel !== video.channel && `, in the channel ${target.video.channel}`}: those that were
              recorded and those to come. {video.title} leaves every list, its address leads there, and its embeds and
              badges go on working. Undo it on the page Edit of {target.video.title}.
            </p>
            <ActionForm action={mergeInto.bind(null, key, into)} submit={`Merge it into ${into}`} />
          </div>
        )}
      </div>
    </>
  );
}
