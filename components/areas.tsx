'use client';

import { Area, CartesianGrid, ComposedChart, type DotItemDotProps, Line } from 'recharts';
import { CountAxis, PointTooltip, TimeAxis } from './chart-frame.tsx';
import type { ChartPoint, ChartUnit } from './chart-points.ts';
import { Unrecorded } from './unrecorded.tsx';
import { type PointClick, throttledEvents } from './use-point-click.ts';

type Props = { points: ChartPoint[]; unit: ChartUnit; onClick: PointClick };

/** Many buckets as areas; the line to the unfinished one is dashed. */
export function Areas({ points, unit, onClick }: Props) {
  return (
    <ComposedChart
      responsive
      data={withOpenEnd(points)}
      margin={{ top: 8, right: 8, bottom: 0, left: 0 }}
      onClick={onClick}
      throttledEvents={throttledEvents}
      className="size-full cursor-pointer"
    >
      <CartesianGrid vertical={false} stroke="var(--color-rule)" />
      <TimeAxis points={points} unit={unit} />
      <CountAxis points={points} />
      <PointTooltip />
      <Unrecorded points={points} />
      {(['people', 'bots'] as const).map((part) => (
        <Area
          key={part}
          dataKey={(point: OpenEnded) => (point.state === 'counted' ? point[part] : null)}
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
      {points.some(({ opening }) => opening > 0) && (
        <Area
          dataKey={(point: OpenEnded) => point.opening || null}
          name="opening"
          stackId="views"
          stroke="var(--color-opening)"
          strokeWidth={1}
          fill="var(--color-opening)"
          fillOpacity={0.4}
          activeDot={false}
          isAnimationActive={false}
        />
      )}
      <Line
        dataKey="soFar"
        stroke="var(--color-people)"
        strokeDasharray="3 3"
        dot={LoneDot}
        activeDot={{ r: 3 }}
        isAnimationActive={false}
      />
    </ComposedChart>
  );
}

type OpenEnded = ChartPoint & { soFar: number | null; isLone: boolean };

function withOpenEnd(points: ChartPoint[]): OpenEnded[] {
  return points.map((point, index) => {
    const isCounting = point.state === 'counting';
    const isBefore = point.state === 'counted' && points[index + 1]?.state === 'counting';
    const isLone = isCounting && points[index - 1]?.state !== 'counted';
    return { ...point, soFar: isCounting || isBefore ? point.people : null, isLone };
  });
}

/** Where nothing was recorded before the unfinished bucket, there is no line to it. */
function LoneDot({ cx, cy, payload, index }: DotItemDotProps) {
  if (!payload.isLone) return <g key={index} />;
  return <circle key={index} cx={cx} cy={cy} r={3} fill="var(--color-people)" />;
}
