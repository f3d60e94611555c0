'use client';

import type { ChartPoint, ChartUnit } from '#components/chart-points.ts';
import { LiveStamp } from '#components/live-stamp.tsx';
import { TableToggle } from '#components/table-toggle.tsx';
import { useLive } from '#components/use-live.ts';
import { usePageRefresh } from '#components/use-page-refresh.ts';
import type { OverviewNow } from '#reports/overview-now.ts';
import { ScreenedChart } from './screened-chart.tsx';
import type { Kind } from './screened-points.ts';
import { ScreenedSeriesTable } from './screened-series-table.tsx';

// A month is read in some 20 ms, a year of a busy server in half a second (2026-11): that is not asked for every two seconds.
const manyPoints = 31;

type Moving = Pick<OverviewNow, 'readAt' | 'screenedToday'>;

type Props = {
  points: ChartPoint[];
  unit: ChartUnit;
  kind: Kind;
  label: string;
  emptyText: string;
  /** As the page was read. */
  shown: Moving;
  timeZone: string;
};

/** The chart and its table. The stream only says that there is more: the page is read again as a whole, so that it agrees. */
export function LiveScreened({ points, unit, kind, label, emptyText, shown, timeZone }: Props) {
  const { live, isConnected } = useLive<Moving>('/api/live', shown);
  const [here, newest] = [countsIn(shown), countsIn(live)];
  usePageRefresh(here, newest, points.length > manyPoints ? 15_000 : undefined);
  const isNewest = here === newest && live.readAt > shown.readAt;
  return (
    <>
      <ScreenedChart label={label} points={points} unit={unit} kind={kind} emptyText={emptyText} />
      <TableToggle
        name={`${unit}s`}
        table={() => <ScreenedSeriesTable points={points} caption={label} unit={unit} kind={kind} />}
      >
        <LiveStamp
          completeTo={isNewest ? live.readAt : shown.readAt}
          serverNow={shown.readAt}
          isConnected={isConnected}
          timeZone={timeZone}
        />
      </TableToggle>
    </>
  );
}

function countsIn({ screenedToday: { refused, duplicates } }: Moving): string {
  return `${refused} ${duplicates}`;
}
