import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { permit } from '#app/permit.ts';
import { firstText, type SearchParams } from '#components/address.ts';
import { PageHeader } from '#components/page-header.tsx';
import { Panel } from '#components/panel.tsx';
import { spanCounts } from '#reports/span-counts.ts';
import { verdictChanges } from '#reports/verdict-changes.ts';
import { videoByKey } from '#reports/video-by-key.ts';
import { runtime } from '#runtime.ts';
import { askedChange } from './asked-change.ts';
import { ChangeForm } from './change-form.tsx';
import { ChangeList } from './change-list.tsx';
import { Done } from './done.tsx';
import { Preview } from './preview.tsx';

export const metadata: Metadata = { title: 'Set aside' };

type Props = { params: Promise<{ key: string }>; searchParams: Promise<SearchParams> };

export default async function VerdictsPage({ params, searchParams }: Props) {
  const { db, accounts, timeZone } = runtime();
  const video = await videoByKey(db, 'all', (await params).key);
  await permit('channel:manage', video && { channel: video.channel.id });
  if (!video) notFound();
  const query = await searchParams;
  const asked = askedChange(query, timeZone);
  const { span } = asked;
  const [changes, counts] = await Promise.all([
    verdictChanges(accounts.sql, video.id),
    span && spanCounts(db, { video: video.id }, span, timeZone),
  ]);
  const overlapping = span && changes.find((one) => one.reversedAt === null && isWithin(one, span));
  const crumbs = [
    { name: 'Videos', href: '/videos' },
    { name: video.title, href: `/videos/${video.key}` },
  ];
  return (
    <>
      <PageHeader title="Set aside or release views" crumbs={crumbs} />
      <Done changes={changes} query={query} />
      <p className="mb-8 max-w-prose">
        A view is a person’s or a bot’s as it comes in. Here you say otherwise for all views of this video within a
        time: a flood that was taken for people, or a crowd that was taken for bots. All figures follow at once.
      </p>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-10">
        <Panel title="Change the verdict of a time">
          <ChangeForm video={video.key} asked={asked} timeZone={timeZone} />
          {span && (
            <Preview
              video={video.key}
              asked={{ ...asked, span }}
              counts={counts}
              overlapping={overlapping?.id}
              timeZone={timeZone}
            />
          )}
        </Panel>
        <Panel title="Changed so far">
          <ChangeList
            video={video.key}
            changes={changes}
            reversing={Number(firstText(query.reverse)) || undefined}
            timeZone={timeZone}
          />
        </Panel>
      </div>
    </>
  );
}

function isWithin(one: { from: string; to: string }, span: { from: string; to: string }): boolean {
  return one.from < span.to && one.to > span.from;
}
