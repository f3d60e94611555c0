'use client';

import { usePathname, useRouter } from 'next/navigation';
import { useEffect } from 'react';

const everyMs = 5_000;

/** Reads the page again while it is on it: what says that figures are behind must not outlast that. */
export function RefreshWhileStale() {
  const router = useRouter();
  const path = usePathname();
  useEffect(() => {
    const timer = setInterval(() => {
      // Beside an open explanation its search of the log would be run again and again.
      if (!document.hidden && path !== '/explain') router.refresh();
    }, everyMs);
    return () => clearInterval(timer);
  }, [router, path]);
  return null;
}
