import type { ReactNode } from 'react';
import type { AudienceNow } from '#reports/audience-now.ts';
import { type FigureOwner, timeOfMinutes } from '#reports/explain-address.ts';
import { BotShare } from './bot-share.tsx';
import { ChangeOn } from './change-on.tsx';
import { Figure, HeadlineCount } from './figure.tsx';

type Props = { audience: AudienceNow; owner: FigureOwner; children: ReactNode };

/** People in the last hour, against the hour before; `children` is how fresh it is. */
export function HourFigure({ audience, owner, children }: Props) {
  const { views, botViews, hourBefore, minutes } = audience;
  const figure = <HeadlineCount count={views - botViews} owner={owner} time={timeOfMinutes(minutes)} />;
  return (
    <Figure name="People in the last hour" value={figure}>
      <p>
        <ChangeOn
          people={views - botViews}
          before={hourBefore.views - hourBefore.botViews}
          period="the hour before"
          nobody="nobody in the hour before"
        />
      </p>
      <BotShare views={views} botViews={botViews} />
      {children}
    </Figure>
  );
}
