'use client';

import { useEffect, useState } from 'react';

const retryMs = 5_000;

/** What moves on a page as the server streams it, beginning with what the page was rendered with. */
export function useLive<Event extends object>(url: string, initial: Event): { live: Event; isConnected: boolean } {
  const [live, setLive] = useState(initial);
  const [isConnected, setConnected] = useState(true);
  useEffect(() => {
    const stream = openWhileVisible<Event>(url, (event) => {
      setConnected(event !== 'lost');
      if (typeof event === 'object') setLive(event);
    });
    return () => stream.close();
  }, [url]);
  return { live, isConnected };
}

/** A hidden tab closes its stream: browsers allow one server six connections over all tabs. */
function openWhileVisible<Event>(url: string, report: (event: Event | 'open' | 'lost') => void): { close(): void } {
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
      // A browser tries again after a broken connection, but gives up after a refusal, of which it does not tell the status.
      if (source?.readyState === EventSource.CLOSED) void askWhy(source);
    };
  };
  const askWhy = async (refused: EventSource) => {
    const status = await statusOf(url);
    if (source !== refused) return;
    // No longer for this reader: the page says so, or asks who they are.
    if (status === 404) location.reload();
    else timer = setTimeout(open, retryMs);
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

/** Undefined while nobody answers. */
async function statusOf(url: string): Promise<number | undefined> {
  try {
    const response = await fetch(url);
    await response.body?.cancel();
    return response.status;
  } catch {
    return undefined;
  }
}
