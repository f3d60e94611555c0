'use client';

import { useEffect, useState } from 'react';

/** The server's time in ms, moving on every second, however wrong the browser's clock is. Starts at `serverNow`. */
export function useServerClock(serverNow: string): number {
  const [now, setNow] = useState(() => Date.parse(serverNow));
  useEffect(() => {
    const start = Date.parse(serverNow);
    const mountedAt = performance.now();
    const timer = setInterval(() => setNow(start + performance.now() - mountedAt), 1_000);
    return () => clearInterval(timer);
  }, [serverNow]);
  return now;
}
