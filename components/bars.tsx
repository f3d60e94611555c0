'use client';

import { useId } from 'react';
import { Bar, BarChart, type BarShapeProps, CartesianGrid, Rectangle } from 'recharts';
import type { BotsChoice } from './bots-choice.ts';
import { CountAxis, PointTooltip, TimeAxis } from './chart-frame.tsx';
import { type ChartPoint, type ChartUnit, chartParts } from './chart-points.ts';
import { Marked } from './marked.tsx';
import { Noted } from './noted.tsx';
import { Unrecorded } from './unrecorded.tsx';
import { type PointClick, throttledEvents } from './use-point-click.ts';

type Props = { points: ChartPoint[]; unit: ChartUnit; shows: BotsChoice; onClick: PointClick };

/** Buckets as bars that fill their slot; the unfinished one is hatched. */
export function Bars({ points, unit, shows, onClick }: Props) {
  const id = useId();
  const parts = chartParts(points, shows);
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
      <CountAxis points={points} parts={parts} />
      <PointTooltip />
      <Unrecorded points={points} />
      <Noted points={points} />
      <Marked points={points} />
      {parts.map((part) => (
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
