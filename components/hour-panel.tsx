import type { ReactNode } from 'react';
import { lastHour } from '#reports/last-hour.ts';
import type { Subject } from '#reports/subject.ts';
import { runtime } from '#runtime.ts';
import { LiveHour } from './live-hour.tsx';
import { Panel } from './panel.tsx';

type Props = {
  subject: Subject;
  /** Whose hour it is. */
  name: string;
  /** Its stream of updates. */
  url: string;
  now: Date;
  /** More figures, beside the moving one. */
  children: ReactNode;
};

/** The first panel of every page about an audience. */
export function HourPanel(props: Props) {
  return (
    <Panel title="Last 60 minutes" height="h-[37.25rem] sm:h-[35rem] lg:h-[24.75rem]">
      <Hour {...props} />
    </Panel>
  );
}

async function Hour({ subject, name, url, now, children }: Props) {
  const { db, timeZone } = runtime();
  const initial = await lastHour(db, subject, now);
  return (
    <LiveHour key={url} url={url} name={name} initial={initial} serverNow={now.toISOString()} timeZone={timeZone}>
      {children}
    </LiveHour>
  );
}
