'use client';

import { usePathname, useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';

// Each reader's page is read anew, in some 20 ms (2026-11): a hundred of them must leave room for the views.
const atMostEveryMs = 2_000;

/** Reads the whole page again while what it shows is not the newest: at once, then every two seconds, or as told. */
export function usePageRefresh(shown: string, newest: string, everyMs = atMostEveryMs): void {
  const router = useRouter();
  const path = usePathname();
  const readAt = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    // Beside an open explanation the page stands still: reading it again would read the explanation's log again.
    if (shown === newest || path === '/explain') return;
    const refresh = () => {
      if (document.hidden) return;
      readAt.current = performance.now();
      router.refresh();
    };
    const timer = setTimeout(refresh, readAt.current + everyMs - performance.now());
    return () => clearTimeout(timer);
  }, [router, path, shown, newest, everyMs]);
}
