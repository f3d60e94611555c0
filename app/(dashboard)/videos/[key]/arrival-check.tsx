'use client';

import { useServerClock } from '#components/use-server-clock.ts';
import type { Arrival } from '#reports/arrival.ts';
import { agoText } from './ago-text.ts';

type Props = {
  /** The newest view; undefined where there is none of late. */
  arrival: Arrival | undefined;
  /** Whether there never was a view. */
  isUnseen: boolean;
  /** When the page was read. It is read again whenever a view is counted. */
  serverNow: string;
};

/** Whether what was pasted works: the page waits for a view, and tells where it came from. */
export function ArrivalCheck({ arrival, isUnseen, serverNow }: Props) {
  const now = useServerClock(serverNow);
  const waiting = isUnseen ? 'Waiting for the first view…' : 'No view in the last two days. Waiting for the next…';
  return (
    <p className="flex items-start gap-2">
      <span
        aria-hidden="true"
        className={`mt-[0.45em] size-2 shrink-0 rounded-full ${arrival ? 'bg-people' : 'border border-edge'}`}
      />
      <span>
        {/* What a screen reader is told changes with a view, not with every second. */}
        <span role="status">
          {arrival ? `Received from ${arrival.site ?? 'a page that did not say where it is'}` : waiting}
        </span>
        {arrival && `, ${agoText(now - Date.parse(arrival.receivedAt))}`}
        {arrival?.isBot && '. It was taken for a bot, and is not among the people.'}
      </span>
    </p>
  );
}
