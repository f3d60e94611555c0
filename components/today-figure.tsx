import type { AudienceNow } from '#reports/audience-now.ts';
import { BotShare } from './bot-share.tsx';
import { ChangeOn } from './change-on.tsx';
import { CompactCount, Figure } from './figure.tsx';
import { instantText } from './time-text.ts';

/** People since midnight, against yesterday up to the same time of day. */
export function TodayFigure({ audience, timeZone }: { audience: AudienceNow; timeZone: string }) {
  const { today, yesterdaySoFar, hasYesterday } = audience.today;
  const people = today.views - today.botViews;
  const clock = instantText(audience.readAt, 'minute', timeZone);
  return (
    <Figure name="People today" value={<CompactCount count={people} />}>
      <p>
        {hasYesterday ? (
          <ChangeOn
            people={people}
            before={yesterdaySoFar.views - yesterdaySoFar.botViews}
            period={`yesterday by ${clock}`}
            nobody={`nobody yesterday by ${clock}`}
          />
        ) : (
          'no earlier data'
        )}
      </p>
      <BotShare {...today} />
    </Figure>
  );
}
