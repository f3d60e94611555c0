'use client';

import dynamic from 'next/dynamic';
import type { ChartPoint, ChartUnit } from '#components/chart-points.ts';
import { Skeleton } from '#components/skeleton.tsx';
import type { Kind } from './screened-points.ts';

const loading = () => <Skeleton height="h-full" />;
const Marks = dynamic(() => import('./screened-marks.tsx').then((module) => module.ScreenedMarks), {
  ssr: false,
  loading,
});

const empty: Record<Kind, string> = {
  refused: 'No view was refused in this time',
  duplicates: 'No view was sent again in this time',
};

/** What was not counted, over time; refused views and duplicates never share a chart. */
export function ScreenedChart({
  label,
  points,
  unit,
  kind,
}: {
  label: string;
  points: ChartPoint[];
  unit: ChartUnit;
  kind: Kind;
}) {
  const has = (state: ChartPoint['state']) => points.some((point) => point.state === state);
  const isEmpty = points.every(({ people }) => people === 0);
  return (
    <figure aria-label={label}>
      <div className="relative h-60">
        <Marks points={points} unit={unit} kind={kind} />
        {isEmpty && (
          <p className="pointer-events-none absolute inset-0 grid place-content-center p-4 text-center text-muted">
            <span className="rounded bg-canvas px-2">
              {has('counted') || has('counting') ? empty[kind] : 'Not recorded, or no longer kept'}
            </span>
          </p>
        )}
      </div>
      <figcaption className="mt-1 pl-2 text-muted text-xs">
        {[
          has('counting') && 'lighter: still counting',
          has('not_recorded') && 'hatched: not recorded, or no longer kept',
        ]
          .filter(Boolean)
          .join('; ')}
      </figcaption>
    </figure>
  );
}
