import type { ReactNode } from 'react';
import type { AudienceNow } from '#reports/audience-now.ts';
import { BotShare } from './bot-share.tsx';
import { ChangeOn } from './change-on.tsx';
import { CompactCount, Figure } from './figure.tsx';

/** People in the last hour, against the hour before; `children` is how fresh it is. */
export function HourFigure({ audience, children }: { audience: AudienceNow; children: ReactNode }) {
  const { views, botViews, hourBefore } = audience;
  return (
    <Figure name="People in the last hour" value={<CompactCount count={views - botViews} />}>
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
