'use client';

import { ReferenceArea } from 'recharts';
import type { ChartPoint } from './chart-points.ts';

/** Stands behind the buckets that something was said of; what it was, the tooltip and the table tell. */
export function Noted({ points }: { points: ChartPoint[] }) {
  return points
    .filter(({ note }) => note)
    .map(({ start }) => (
      <ReferenceArea
        key={`noted ${start}`}
        x1={start}
        x2={start}
        ifOverflow="visible"
        fill="var(--color-late-soft)"
        fillOpacity={1}
        stroke="var(--color-late)"
        strokeDasharray="2 2"
      />
    ));
}
