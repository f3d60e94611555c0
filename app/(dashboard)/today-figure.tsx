import { BotShare } from '#components/bot-share.tsx';
import { CompactCount, Figure } from '#components/figure.tsx';
import { change } from '#components/number-text.ts';
import { instantText } from '#components/time-text.ts';
import type { Subject } from '#reports/subject.ts';
import { todayAgainstYesterday } from '#reports/today.ts';
import { runtime } from '#runtime.ts';

/** People since midnight, against yesterday up to the same time of day. */
export async function TodayFigure({ subject, now }: { subject: Subject; now: Date }) {
  const { db, timeZone } = runtime();
  const { today, yesterdaySoFar, hasYesterday } = await todayAgainstYesterday(db, subject, now, timeZone);
  const people = today.views - today.botViews;
  const difference = change(people, yesterdaySoFar.views - yesterdaySoFar.botViews);
  return (
    <Figure name="People today" value={<CompactCount count={people} />}>
      <p>
        {hasYesterday && difference ? (
          <>
            <strong className="font-semibold text-ink">{difference}</strong> on yesterday by{' '}
            {instantText(now, 'minute', timeZone)}
          </>
        ) : (
          'no earlier data'
        )}
      </p>
      <BotShare {...today} />
    </Figure>
  );
}
