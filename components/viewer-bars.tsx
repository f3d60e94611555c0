'use client';

import {
  Bar,
  BarChart,
  type BarShapeProps,
  CartesianGrid,
  Rectangle,
  Tooltip,
  type TooltipContentProps,
} from 'recharts';
import { CountAxis, TimeAxis } from './chart-frame.tsx';
import { counted, exact } from './number-text.ts';
import { Unrecorded } from './unrecorded.tsx';
import type { ViewerPoint } from './viewer-points.ts';

const colours = { returning: 'people', newViewers: 'newcomers' } as const;

/** Viewers of each day: those who return below, those who are new on top. */
export function ViewerBars({ points }: { points: ViewerPoint[] }) {
  return (
    <BarChart
      responsive
      data={points}
      barCategoryGap={points.length > 40 ? 1 : '12%'}
      margin={{ top: 8, right: 8, bottom: 0, left: 0 }}
      className="size-full"
    >
      <CartesianGrid vertical={false} stroke="var(--color-rule)" />
      <TimeAxis points={points} unit="day" />
      <CountAxis points={points} parts={['people']} />
      <Tooltip
        content={DayText}
        wrapperStyle={{ zIndex: 1 }}
        filterNull={false}
        isAnimationActive={false}
        cursor={{ fill: 'var(--color-ink)', fillOpacity: 0.06 }}
      />
      <Unrecorded points={points} />
      {(['returning', 'newViewers'] as const).map((part) => (
        <Bar
          key={part}
          dataKey={part}
          stackId="viewers"
          isAnimationActive={false}
          shape={(bar: BarShapeProps) => (
            <Rectangle {...bar} fill={`var(--color-${colours[part]})`} fillOpacity={isCounting(bar) ? 0.55 : 1} />
          )}
        />
      ))}
    </BarChart>
  );
}

/** A day that is not over is lighter. */
function isCounting(bar: BarShapeProps): boolean {
  const point: ViewerPoint | undefined = bar.payload;
  return point?.state === 'counting';
}

function DayText({ active, payload }: TooltipContentProps) {
  const point: ViewerPoint | undefined = payload?.[0]?.payload;
  if (!active || !point) return null;
  return (
    <div className="rounded border border-edge bg-surface px-3 py-2 text-ink text-xs leading-5">
      <p className="text-muted">
        {point.period}
        {point.state === 'counting' && ', so far'}
      </p>
      {point.state === 'not_recorded' ? (
        <p>not recorded</p>
      ) : (
        <>
          <p className="font-semibold text-sm">{counted(point.people, 'viewer', 'viewers')}</p>
          <p>
            {exact(point.newViewers)} new, {exact(point.returning)} returning
          </p>
        </>
      )}
    </div>
  );
}
