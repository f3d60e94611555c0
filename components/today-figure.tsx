import { shiftDay } from '#db/day.ts';
import type { AudienceNow } from '#reports/audience-now.ts';
import { dateAt } from '#reports/calendar.ts';
import type { FigureOwner } from '#reports/explain-address.ts';
import { BotShare } from './bot-share.tsx';
import { ChangeOn } from './change-on.tsx';
import { Figure, HeadlineCount } from './figure.tsx';
import { instantText } from './time-text.ts';

type Props = { audience: AudienceNow; owner: FigureOwner; timeZone: string };

/** People since midnight, against yesterday up to the same time of day. */
export function TodayFigure({ audience, owner, timeZone }: Props) {
  const { today, yesterdaySoFar, hasYesterday } = audience.today;
  const people = today.views - today.botViews;
  const date = dateAt(new Date(audience.readAt), timeZone);
  const time = { unit: 'day', from: date, to: shiftDay(date, 1) } as const;
  const clock = instantText(audience.readAt, 'minute', timeZone);
  return (
    <Figure name="People today" value={<HeadlineCount count={people} owner={owner} time={time} />}>
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
