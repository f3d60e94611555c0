'use client';

import type { ReactNode } from 'react';
import type { AudienceNow } from '#reports/audience-now.ts';
import { type FigureOwner, timeOfMinutes } from '#reports/explain-address.ts';
import { chartPoints } from './chart-points.ts';
import { HourFigure } from './hour-figure.tsx';
import { LifetimeFigure } from './lifetime-figure.tsx';
import { Series } from './series.tsx';
import { TodayFigure } from './today-figure.tsx';

type Props = {
  audience: AudienceNow;
  /** Whose hour it is, for screen readers. */
  name: string;
  owner: FigureOwner;
  timeZone: string;
  isConnected: boolean;
  /** How fresh the figures are. */
  children: ReactNode;
};

/**
 * Sixty minutes that end with the current one, and the figures beside them. On a phone the chart follows the first figure,
 * so that both are seen without scrolling.
 */
export function AudienceHour({ audience, name, owner, timeZone, isConnected, children }: Props) {
  const last = audience.minutes.at(-1)?.minute;
  const points = chartPoints(
    audience.minutes.map((minute) => ({
      ...minute,
      start: minute.minute,
      state: minute.minute === last ? 'counting' : 'counted',
    })),
    'minute',
    timeZone,
  );
  return (
    <div className="grid grid-cols-2 gap-x-6 gap-y-5 sm:grid-cols-3 lg:grid-cols-[15rem_minmax(0,1fr)] lg:grid-rows-[auto_auto_1fr] lg:gap-x-10">
      <div className="min-w-0 max-sm:col-span-2">
        <HourFigure audience={audience} owner={owner}>
          {children}
        </HourFigure>
      </div>
      <div className="flex min-w-0 flex-col max-sm:col-span-2 sm:max-lg:order-last sm:max-lg:col-span-3 lg:col-start-2 lg:row-span-3 lg:row-start-1">
        <Series
          label={`People and bots per minute, ${name}, last 60 minutes`}
          points={points}
          unit="minute"
          explained={{ owner, time: timeOfMinutes(audience.minutes) }}
        >
          {!isConnected && (
            <p role="status" className="rounded bg-late-soft px-2 text-late text-xs leading-6">
              Connection lost, trying again. Players keep what is not acknowledged and send it again.
            </p>
          )}
        </Series>
      </div>
      <TodayFigure audience={audience} owner={owner} timeZone={timeZone} />
      <LifetimeFigure audience={audience} owner={owner} />
    </div>
  );
}
