'use client';

import { useLive } from '#components/use-live.ts';
import { usePageRefresh } from '#components/use-page-refresh.ts';
import type { OverviewNow } from '#reports/overview-now.ts';

type Moving = Pick<OverviewNow, 'lifetime'>;

/** Reads the list again as views are counted, of whichever video. */
export function LiveList({ shown }: { shown: Moving }) {
  const { live } = useLive<Moving>('/api/live', shown);
  usePageRefresh(String(shown.lifetime.views), String(live.lifetime.views));
  return null;
}
