'use client';

import { Tooltip, type TooltipContentProps, XAxis, YAxis } from 'recharts';
import { compactNumber } from '#reports/compact-number.ts';
import { axisLabels, type ChartPart, type ChartPoint, type ChartUnit } from './chart-points.ts';
import { countTicks } from './count-ticks.ts';
import { counted, exact } from './number-text.ts';

const tick = { fill: 'var(--color-muted)', fontSize: 12 };

export function TimeAxis({ points, unit }: { points: ChartPoint[]; unit: ChartUnit }) {
  const labels = axisLabels(points, unit);
  return (
    <XAxis
      dataKey="start"
      ticks={[...labels.keys()]}
      tickFormatter={(start: string) => labels.get(start) ?? ''}
      interval="preserveStart"
      tickLine={false}
      axisLine={{ stroke: 'var(--color-edge)' }}
      tick={tick}
      height={24}
    />
  );
}

const allParts: ChartPart[] = ['people', 'bots', 'opening'];

export function CountAxis({ points, parts = allParts }: { points: ChartPoint[]; parts?: ChartPart[] }) {
  const heightOf = (point: ChartPoint) => parts.reduce((sum, part) => sum + point[part], 0);
  const ticks = countTicks(Math.max(...points.map(heightOf)));
  return (
    <YAxis
      domain={[0, ticks.at(-1) ?? 1]}
      ticks={ticks}
      interval={0}
      allowDecimals={false}
      tickFormatter={compactNumber}
      tickLine={false}
      axisLine={false}
      tick={tick}
      width="auto"
    />
  );
}

export function PointTooltip() {
  return (
    <Tooltip
      content={PointText}
      // Over what the chart says where it is empty.
      wrapperStyle={{ zIndex: 1 }}
      // What is not drawn still has its period to tell.
      filterNull={false}
      isAnimationActive={false}
      cursor={{ fill: 'var(--color-ink)', fillOpacity: 0.06, stroke: 'var(--color-edge)' }}
    />
  );
}

function PointText({ active, payload }: TooltipContentProps) {
  const point: ChartPoint | undefined = payload?.[0]?.payload;
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
        <p>
          <span className="font-semibold text-sm">{exact(point.people)}</span>{' '}
          {point.people === 1 ? 'person' : 'people'}
        </p>
      )}
      {point.opening > 0 && <p>{exact(point.opening)} entered, not measured</p>}
      {point.bots > 0 && <p className="text-muted">{counted(point.bots, 'bot', 'bots')}, set aside</p>}
      {point.mark && <p className="max-w-64 font-semibold">{point.mark.text}</p>}
      {point.note && <p className="max-w-64 wrap-anywhere text-late">{point.note}</p>}
    </div>
  );
}
