import { BotShare } from '#components/bot-share.tsx';
import { CompactCount, Figure } from '#components/figure.tsx';
import { change } from '#components/number-text.ts';
import { instantText } from '#components/time-text.ts';
import type { Subject } from '#reports/subject.ts';
import { type TodayAgainstYesterday, todayAgainstYesterday } from '#reports/today.ts';
import { runtime } from '#runtime.ts';

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
  const difference = change(today.views - today.botViews, yesterdaySoFar.views - yesterdaySoFar.botViews);
  if (!difference) return `nobody yesterday by ${clock}`;
  return (
    <>
      <strong className="font-semibold text-ink">{difference}</strong> on yesterday by {clock}
    </>
  );
}
