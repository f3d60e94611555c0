'use client';

import { useId } from 'react';
import { Bar, BarChart, type BarShapeProps, CartesianGrid, Rectangle } from 'recharts';
import { CountAxis, PointTooltip, TimeAxis } from './chart-frame.tsx';
import type { ChartPoint, ChartUnit } from './chart-points.ts';
import { Unrecorded } from './unrecorded.tsx';
import { type PointClick, throttledEvents } from './use-point-click.ts';

type Props = { points: ChartPoint[]; unit: ChartUnit; onClick: PointClick };

/** Buckets as bars that fill their slot; the unfinished one is hatched. */
export function Bars({ points, unit, onClick }: Props) {
  const id = useId();
  const gap = points.length > 40 ? 1 : '12%';
  return (
    <BarChart
      responsive
      data={points}
      barCategoryGap={gap}
      margin={{ top: 8, right: 8, bottom: 0, left: 0 }}
      onClick={onClick}
      throttledEvents={throttledEvents}
      className="size-full cursor-pointer"
    >
      <defs>
        <Hatch id={`${id}-people`} colour="var(--color-people)" />
        <Hatch id={`${id}-bots`} colour="var(--color-bots)" />
      </defs>
      <CartesianGrid vertical={false} stroke="var(--color-rule)" />
      <TimeAxis points={points} unit={unit} />
      <CountAxis points={points} />
      <PointTooltip />
      <Unrecorded points={points} />
      {partsOf(points).map((part) => (
        <Bar
          key={part}
          dataKey={part}
          stackId="views"
          isAnimationActive={false}
          shape={(bar: BarShapeProps) => (
            <Rectangle
              {...bar}
              fill={part !== 'opening' && isCounting(bar) ? `url(#${id}-${part})` : `var(--color-${part})`}
            />
          )}
        />
      ))}
    </BarChart>
  );
}

/** From the axis up. */
function partsOf(points: ChartPoint[]) {
  const measured = ['people', 'bots'] as const;
  return points.some(({ opening }) => opening > 0) ? ([...measured, 'opening'] as const) : measured;
}

function isCounting(bar: BarShapeProps): boolean {
  const point: ChartPoint | undefined = bar.payload;
  return point?.state === 'counting';
}

function Hatch({ id, colour }: { id: string; colour: string }) {
  return (
    <pattern id={id} width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <rect width="4" height="4" fill={colour} fillOpacity="0.2" />
      <rect width="2" height="4" fill={colour} />
    </pattern>
  );
}
