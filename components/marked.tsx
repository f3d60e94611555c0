'use client';

import { ReferenceLine } from 'recharts';
import type { ChartPoint } from './chart-points.ts';

/** A line through the buckets that stand out, with a word or a number at its top; the whole of it tell the tooltip and the table. */
export function Marked({ points }: { points: ChartPoint[] }) {
  return points.flatMap(({ start, mark }) =>
    mark
      ? [
          <ReferenceLine
            key={`marked ${start}`}
            x={start}
            stroke="var(--color-ink)"
            strokeOpacity={0.5}
            strokeDasharray="1 3"
            label={{ value: mark.label, position: 'insideTopRight', fontSize: 11, fill: 'var(--color-ink)' }}
          />,
        ]
      : [],
  );
}
