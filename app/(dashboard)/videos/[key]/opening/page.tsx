import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { channelsToManage } from '#app/managing.ts';
import { permit } from '#app/permit.ts';
import { ActionForm } from '#components/action-form.tsx';
import { PageHeader } from '#components/page-header.tsx';
import { Panel } from '#components/panel.tsx';
import { dateText } from '#components/time-text.ts';
import { shiftDay } from '#db/day.ts';
import { listEntries } from '#opening/list-entries.ts';
import { dateAt } from '#reports/calendar.ts';
import { videoByKey } from '#reports/video-by-key.ts';
import { runtime } from '#runtime.ts';
import { recordedHistory } from '#videos/recorded-history.ts';
import { EntryList } from '../../../opening/entry-list.tsx';
import { sourceField } from '../../../opening/source-field.ts';
import { enterCount } from './enter-count.ts';

export const metadata: Metadata = { title: 'Opening balance' };

const shown = 100;

export default async function VideoOpeningPage({ params }: { params: Promise<{ key: string }> }) {
  const { ids: whose } = await channelsToManage();
  const { db, accounts, timeZone } = runtime();
  const video = await videoByKey(db, 'all', (await params).key);
  if (!video) notFound();
  await permit('channel:manage', { channel: video.channel.id });
  const entries = await listEntries(accounts.sql, whose, { limit: shown, video: video.id });
  const firstDay = (await recordedHistory(accounts.sql, video.key))?.firstDay ?? undefined;
  const crumbs = [
    { name: 'Videos', href: '/videos' },
    { name: video.title, href: `/videos/${video.key}` },
  ];
  return (
    <>
      <PageHeader title="Opening balance" crumbs={crumbs} />
      <p className="mb-8 max-w-prose">
        What another product had counted for this video before Boxoffice did. It stands beside its totals as a part of
        its own, never in them and outside the proof, and can be taken back.{' '}
        {firstDay
          ? `Boxoffice counts this video since ${dateText(firstDay, 'day')}: enter what came up to the day before.`
          : 'Boxoffice has not counted this video yet.'}
      </p>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-10">
        <Panel title="Enter a count">
          <ActionForm
            action={enterCount.bind(null, video.key)}
            submit="Enter"
            fields={[
              { name: 'views', label: 'Views', inputMode: 'numeric', required: true, maxLength: 20 },
              { ...sourceField, hint: 'The product that counted these views. Empty: “another product”.' },
              {
                ...{ name: 'day', label: 'Only of the day', type: 'date' },
                max: shiftDay(firstDay ?? dateAt(new Date(), timeZone), -1),
                hint: 'Left empty, the count is of all the time before Boxoffice.',
              },
            ]}
          />
          <p className="mt-4 max-w-prose text-muted">
            Many videos or days at once go in as{' '}
            <Link href="/opening" className="underline underline-offset-4">
              a file
            </Link>
            .
          </p>
        </Panel>
        <Panel title="Entered so far">
          <EntryList entries={entries} timeZone={timeZone} />
        </Panel>
      </div>
    </>
  );
}
