'use client';

import { Area, CartesianGrid, ComposedChart, Line } from 'recharts';
import { CountAxis, PointTooltip, TimeAxis } from './chart-frame.tsx';
import type { ChartPoint, ChartUnit } from './chart-points.ts';

type Props = { points: ChartPoint[]; unit: ChartUnit };

/** Many buckets as areas; the line to the unfinished one is dashed. */
export function Areas({ points, unit }: Props) {
  return (
    <ComposedChart
      responsive
      data={withOpenEnd(points)}
      margin={{ top: 8, right: 8, bottom: 0, left: 0 }}
      className="size-full"
    >
      <CartesianGrid vertical={false} stroke="var(--color-rule)" />
      <TimeAxis points={points} unit={unit} />
      <CountAxis points={points} />
      <PointTooltip />
      {(['people', 'bots'] as const).map((part) => (
        <Area
          key={part}
          dataKey={(point: OpenEnded) => (point.isCurrent ? null : point[part])}
          name={part}
          stackId="views"
          stroke={`var(--color-${part})`}
          strokeWidth={part === 'people' ? 1.5 : 0}
          fill={`var(--color-${part})`}
          fillOpacity={part === 'people' ? 0.18 : 0.6}
          activeDot={part === 'people' && { r: 3 }}
          isAnimationActive={false}
        />
      ))}
      <Line
        dataKey="soFar"
        stroke="var(--color-people)"
        strokeDasharray="3 3"
        dot={false}
        activeDot={{ r: 3 }}
        isAnimationActive={false}
      />
    </ComposedChart>
  );
}

type OpenEnded = ChartPoint & { soFar: number | null };

function withOpenEnd(points: ChartPoint[]): OpenEnded[] {
  return points.map((point, index) => ({
    ...point,
    soFar: point.isCurrent || points[index + 1]?.isCurrent ? point.people : null,
  }));
}
