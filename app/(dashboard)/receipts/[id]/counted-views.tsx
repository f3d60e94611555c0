import Link from 'next/link';
import type { ReactNode } from 'react';
import { botWords } from '#components/bot-words.ts';
import { counted } from '#components/number-text.ts';
import { dateText, instantText } from '#components/time-text.ts';
import type { CountedView } from '#reports/receipt.ts';

/** One id may be a view of several videos: each has its own receipt. */
export function CountedViews({ views, timeZone }: { views: CountedView[]; timeZone: string }) {
  const at = (instant: string) =>
    `${instantText(instant, 'day', timeZone)}, ${instantText(instant, 'second', timeZone)}`;
  return (
    <div className="grid max-w-2xl gap-10">
      {views.map((view) => (
        <dl key={view.video} className="grid gap-x-6 sm:grid-cols-[10rem_minmax(0,1fr)]">
          <Fact name="Video">
            <Link href={`/videos/${view.video}`} className="font-medium normal-nums underline underline-offset-4">
              {view.video}
            </Link>
          </Fact>
          {view.countsFor !== view.video && (
            <Fact name="Counts for">
              {view.countsFor === null
                ? 'nobody: the video was deleted, and its views count nowhere any more'
                : `${view.countsFor}, which the video was merged into`}
            </Fact>
          )}
          <Fact name="Counted as">
            {view.isBot ? 'a bot, set aside' : 'a person'}
            <Recorded view={view} />
          </Fact>
          <Fact name="Started">
            {at(view.viewedAt)}
            <Exact instant={view.viewedAt} />
          </Fact>
          <Fact name="Received">
            {at(view.receivedAt)}
            <Exact instant={view.receivedAt} />
          </Fact>
          <Fact name="Committed">
            in batch {view.batch} of lane {view.lane},{' '}
            {view.isRolledUp ? 'which every aggregate holds' : 'not in the aggregates yet'}
          </Fact>
          <Fact name="Counts in">
            the minute {instantText(view.buckets.minute, 'minute', timeZone)}, the hour{' '}
            {instantText(view.buckets.hour, 'minute', timeZone)}, {dateText(view.buckets.day, 'weekday')},{' '}
            {dateText(view.buckets.month, 'month')}, and all time
          </Fact>
          <Fact name="Sent again">
            {view.lastRepeatAt === null
              ? 'never'
              : `${counted(view.repeats, 'time', 'times')}, last ${at(view.lastRepeatAt)}; it counted once`}
          </Fact>
        </dl>
      ))}
    </div>
  );
}

/** What it came in as, where that tells more. */
function Recorded({ view: { recordedAs, changedBy } }: { view: CountedView }) {
  const recorded = recordedAs === null ? 'a person' : `a bot (${botWords(recordedAs)})`;
  if (changedBy !== null)
    return (
      <>
        : the verdict of its time was changed (change {changedBy}); it was recorded as {recorded}
      </>
    );
  return recordedAs === null ? null : `: ${botWords(recordedAs)}`;
}

/** As programs have it. */
function Exact({ instant }: { instant: string }) {
  return <span className="block text-muted text-xs normal-nums">{instant}</span>;
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="border-rule border-t pt-2 font-medium">{name}</dt>
      <dd className="break-words pb-2 sm:border-rule sm:border-t sm:pt-2">{children}</dd>
    </>
  );
}
