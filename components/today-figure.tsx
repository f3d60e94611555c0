import type { Subject } from '#reports/subject.ts';
import { type TodayAgainstYesterday, todayAgainstYesterday } from '#reports/today.ts';
import { runtime } from '#runtime.ts';
import { BotShare } from './bot-share.tsx';
import { CompactCount, Figure } from './figure.tsx';
import { change, exact } from './number-text.ts';
import { instantText } from './time-text.ts';

/** People since midnight, against yesterday up to the same time of day. */
export async function TodayFigure({ subject, now }: { subject: Subject; now: Date }) {
  const { db, timeZone } = runtime();
  const counts = await todayAgainstYesterday(db, subject, now, timeZone);
  const { today } = counts;
  return (
    <Figure name="People today" value={<CompactCount count={today.views - today.botViews} />}>
      <p>
        <Comparison {...counts} clock={instantText(now, 'minute', timeZone)} />
      </p>
      <BotShare {...today} />
    </Figure>
  );
}

function Comparison({ today, yesterdaySoFar, hasYesterday, clock }: TodayAgainstYesterday & { clock: string }) {
  if (!hasYesterday) return 'no earlier data';
  const before = yesterdaySoFar.views - yesterdaySoFar.botViews;
  const difference = change(today.views - today.botViews, before);
  if (!difference) return `nobody yesterday by ${clock}`;
  return (
    <>
      <strong className="font-semibold text-ink">{difference}</strong> on yesterday by {clock} ({exact(before)})
    </>
  );
}
