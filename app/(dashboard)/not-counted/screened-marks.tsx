'use client';

import {
  Area,
  Bar,
  type BarShapeProps,
  CartesianGrid,
  ComposedChart,
  Rectangle,
  Tooltip,
  type TooltipContentProps,
} from 'recharts';
import { CountAxis, TimeAxis } from '#components/chart-frame.tsx';
import type { ChartPoint, ChartUnit } from '#components/chart-points.ts';
import { exact } from '#components/number-text.ts';
import { Unrecorded } from '#components/unrecorded.tsx';
import type { Kind } from './screened-points.ts';

// Beyond, a bar is thinner than the gap beside it on a phone.
const mostBars = 62;
const colours: Record<Kind, string> = { 'not counted': 'var(--color-wrong)', duplicates: 'var(--color-edge)' };

/** Bars, the unfinished one lighter; many buckets as an area. */
export function ScreenedMarks({ points, unit, kind }: { points: ChartPoint[]; unit: ChartUnit; kind: Kind }) {
  const colour = colours[kind];
  return (
    <ComposedChart
      responsive
      data={points}
      barCategoryGap={points.length > 40 ? 1 : '12%'}
      margin={{ top: 8, right: 8, bottom: 0, left: 0 }}
      className="size-full"
    >
      <CartesianGrid vertical={false} stroke="var(--color-rule)" />
      <TimeAxis points={points} unit={unit} />
      <CountAxis points={points} />
      <Tooltip
        content={(tooltip) => <PointText {...tooltip} kind={kind} />}
        wrapperStyle={{ zIndex: 1 }}
        isAnimationActive={false}
        cursor={{ fill: 'var(--color-ink)', fillOpacity: 0.06, stroke: 'var(--color-edge)' }}
      />
      <Unrecorded points={points} />
      {points.length > mostBars ? (
        <Area dataKey="people" stroke={colour} fill={colour} fillOpacity={0.18} isAnimationActive={false} />
      ) : (
        <Bar
          dataKey="people"
          isAnimationActive={false}
          shape={(bar: BarShapeProps) => (
            <Rectangle {...bar} fill={colour} fillOpacity={bar.payload?.state === 'counting' ? 0.5 : 1} />
          )}
        />
      )}
    </ComposedChart>
  );
}

function PointText({ active, payload, kind }: Pick<TooltipContentProps, 'active' | 'payload'> & { kind: Kind }) {
  const point: ChartPoint | undefined = payload?.[0]?.payload;
  if (!active || !point) return null;
  return (
    <div className="rounded border border-edge bg-surface px-3 py-2 text-ink text-xs leading-5">
      <p className="text-muted">
        {point.period}
        {point.state === 'counting' && ', so far'}
      </p>
      {point.state === 'not_recorded' ? (
        <p>not recorded, or no longer kept</p>
      ) : (
        <p>
          <span className="font-semibold text-sm">{exact(point.people)}</span> {kind}
        </p>
      )}
    </div>
  );
}
