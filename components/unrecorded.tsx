'use client';

import { useId } from 'react';
import { ReferenceArea } from 'recharts';
import { type ChartPoint, unrecordedSpans } from './chart-points.ts';

/** Shades what was not recorded, so that it is not taken for zero. */
export function Unrecorded({ points }: { points: ChartPoint[] }) {
  const id = useId();
  const spans = unrecordedSpans(points);
  if (spans.length === 0) return null;
  return (
    <>
      <defs>
        <pattern id={id} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="1" height="6" fill="var(--color-edge)" fillOpacity="0.5" />
        </pattern>
      </defs>
      {spans.map(({ first, last }) => (
        // Visible: rounding puts some first slots a hair outside the axis, and what is outside is not drawn at all.
        <ReferenceArea key={first} x1={first} x2={last} ifOverflow="visible" fill={`url(#${id})`} fillOpacity={1} />
      ))}
    </>
  );
}
