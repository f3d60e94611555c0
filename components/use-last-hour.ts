'use client';

import { useEffect, useState } from 'react';
import type { LastHour } from '#reports/last-hour.ts';

const retryMs = 5_000;

/** The last hour as the server streams it, beginning with what the page was rendered with. */
export function useLastHour(url: string, initial: LastHour): { lastHour: LastHour; isConnected: boolean } {
  const [lastHour, setLastHour] = useState(initial);
  const [isConnected, setConnected] = useState(true);
  useEffect(() => {
    const stream = openWhileVisible(url, (event) => {
      setConnected(event !== 'lost');
      if (typeof event === 'object') setLastHour(event);
    });
    return () => stream.close();
  }, [url]);
  return { lastHour, isConnected };
}

/** A hidden tab closes its stream: browsers allow one server six connections over all tabs. */
function openWhileVisible(url: string, report: (event: LastHour | 'open' | 'lost') => void): { close(): void } {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const close = () => {
    clearTimeout(timer);
    source?.close();
    source = undefined;
  };
  const open = () => {
    close();
    if (document.hidden) return;
    source = new EventSource(url);
    source.onopen = () => report('open');
    source.onmessage = (event) => report(JSON.parse(event.data));
    source.onerror = () => {
      report('lost');
      // A browser tries again after a broken connection, but gives up after a refusal such as 503.
      if (source?.readyState === EventSource.CLOSED) timer = setTimeout(open, retryMs);
    };
  };
  open();
  document.addEventListener('visibilitychange', open);
  return {
    close() {
      document.removeEventListener('visibilitychange', open);
      close();
    },
  };
}
