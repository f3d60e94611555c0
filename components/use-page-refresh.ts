'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';

const atMostEveryMs = 5_000;

/** Reads the page's other panels again after `value` has changed, so that no two figures disagree for long. */
export function usePageRefresh(value: string): void {
  const router = useRouter();
  const seen = useRef(value);
  const due = useRef(false);
  useEffect(() => {
    if (seen.current !== value) due.current = true;
    seen.current = value;
  }, [value]);
  useEffect(() => {
    const timer = setInterval(() => {
      if (!due.current || document.hidden) return;
      due.current = false;
      router.refresh();
    }, atMostEveryMs);
    return () => clearInterval(timer);
  }, [router]);
}
