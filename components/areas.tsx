'use client';

import { Area, CartesianGrid, ComposedChart, type DotItemDotProps, Line } from 'recharts';
import type { BotsChoice } from './bots-choice.ts';
import { CountAxis, PointTooltip, TimeAxis } from './chart-frame.tsx';
import { type ChartPart, type ChartPoint, type ChartUnit, chartParts } from './chart-points.ts';
import { Marked } from './marked.tsx';
import { Noted } from './noted.tsx';
import { Unrecorded } from './unrecorded.tsx';
import { type PointClick, throttledEvents } from './use-point-click.ts';

type Props = { points: ChartPoint[]; unit: ChartUnit; shows: BotsChoice; onClick: PointClick };

/** Many buckets as areas; the line to the unfinished one is dashed. */
export function Areas({ points, unit, shows, onClick }: Props) {
  const parts = chartParts(points, shows);
  const lead = shows === 'only' ? 'bots' : 'people';
  return (
    <ComposedChart
      responsive
      data={withOpenEnd(points, lead)}
      margin={{ top: 8, right: 8, bottom: 0, left: 0 }}
      onClick={onClick}
      throttledEvents={throttledEvents}
      className="size-full cursor-pointer"
    >
      <CartesianGrid vertical={false} stroke="var(--color-rule)" />
      <TimeAxis points={points} unit={unit} />
      <CountAxis points={points} parts={parts} />
      <PointTooltip />
      <Unrecorded points={points} />
      <Noted points={points} />
      <Marked points={points} />
      {parts.filter(isMeasured).map((part) => (
        <Area
          key={part}
          dataKey={(point: OpenEnded) => (point.state === 'counted' ? point[part] : null)}
          name={part}
          stackId="views"
          stroke={`var(--color-${part})`}
          strokeWidth={part === lead ? 1.5 : 0}
          fill={`var(--color-${part})`}
          fillOpacity={part === lead ? 0.18 : 0.6}
          activeDot={part === lead && { r: 3 }}
          isAnimationActive={false}
        />
      ))}
      {parts.includes('opening') && (
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
        stroke={`var(--color-${lead})`}
        strokeDasharray="3 3"
        dot={LoneDot}
        activeDot={{ r: 3 }}
        isAnimationActive={false}
      />
    </ComposedChart>
  );
}

type Lead = 'people' | 'bots';
type OpenEnded = ChartPoint & { soFar: number | null; isLone: boolean };

function isMeasured(part: ChartPart): part is Lead {
  return part !== 'opening';
}

function withOpenEnd(points: ChartPoint[], lead: Lead): OpenEnded[] {
  return points.map((point, index) => {
    const isCounting = point.state === 'counting';
    const isBefore = point.state === 'counted' && points[index + 1]?.state === 'counting';
    const isLone = isCounting && points[index - 1]?.state !== 'counted';
    return { ...point, soFar: isCounting || isBefore ? point[lead] : null, isLone };
  });
}

/** Where nothing was recorded before the unfinished bucket, there is no line to it. */
function LoneDot({ cx, cy, payload, index }: DotItemDotProps) {
  if (!payload.isLone) return <g key={index} />;
  return <circle key={index} cx={cx} cy={cy} r={3} fill="var(--color-people)" />;
}
