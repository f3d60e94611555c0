'use client';

import type { ReactNode } from 'react';
import type { LastHour } from '#reports/last-hour.ts';
import { BotShare } from './bot-share.tsx';
import { chartPoints } from './chart-points.ts';
import { Figure } from './figure.tsx';
import { exact } from './number-text.ts';
import { Series } from './series.tsx';
import { Stamp } from './stamp.tsx';
import { useLastHour } from './use-last-hour.ts';
import { usePageRefresh } from './use-page-refresh.ts';
import { useServerClock } from './use-server-clock.ts';

type Props = {
  /** Where the stream is. */
  url: string;
  /** Whose hour it is, for screen readers. */
  name: string;
  initial: LastHour;
  serverNow: string;
  timeZone: string;
  /** Figures that stand under the moving one. */
  children: ReactNode;
};

/** Sixty minutes that end with the current one; the stream takes over from what the server rendered. */
export function LiveHour({ url, name, initial, serverNow, timeZone, children }: Props) {
  const { lastHour, isConnected } = useLastHour(url, initial);
  const { minutes, views, botViews, completeTo } = lastHour;
  const last = minutes.at(-1)?.minute;
  usePageRefresh(`${last} ${views}`);
  const now = useServerClock(serverNow);
  const points = chartPoints(
    minutes.map((minute) => ({
      ...minute,
      start: minute.minute,
      state: minute.minute === last ? 'counting' : 'counted',
    })),
    'minute',
    timeZone,
  );
  return (
    <div className="grid gap-x-10 gap-y-6 lg:grid-cols-[15rem_minmax(0,1fr)]">
      <div className="grid grid-cols-2 content-start gap-x-6 gap-y-5 lg:grid-cols-1">
        <div className="max-lg:col-span-2">
          <Figure name="People in the last hour" value={exact(views - botViews)}>
            <BotShare views={views} botViews={botViews} />
            <p>People are views without bots; the same viewer counts each time.</p>
          </Figure>
        </div>
        {children}
      </div>
      <div className="flex min-w-0 flex-col">
        <Series label={`People and bots per minute, ${name}, last 60 minutes`} points={points} unit="minute">
          <Stamp
            completeTo={completeTo}
            secondsBehind={completeTo ? (now - Date.parse(completeTo)) / 1_000 : 0}
            timeZone={timeZone}
            reason={isConnected ? undefined : 'connection lost'}
          />
          {!isConnected && (
            <p role="status" className="rounded bg-late-soft px-2 text-late text-xs leading-6">
              Connection lost, trying again. Players keep what is not acknowledged and send it again.
            </p>
          )}
        </Series>
      </div>
    </div>
  );
}
