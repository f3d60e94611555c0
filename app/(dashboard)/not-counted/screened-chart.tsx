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

type Props = {
  label: string;
  points: ChartPoint[];
  unit: ChartUnit;
  kind: Kind;
  /** Stands in the chart where there is no view in it. */
  emptyText: string;
};

/** What was not counted, over time; duplicates have a chart of their own. */
export function ScreenedChart({ label, points, unit, kind, emptyText }: Props) {
  const has = (state: ChartPoint['state']) => points.some((point) => point.state === state);
  const isEmpty = points.every(({ people }) => people === 0);
  return (
    <figure aria-label={label}>
      <div className="relative h-60">
        <Marks points={points} unit={unit} kind={kind} />
        {isEmpty && (
          <p className="pointer-events-none absolute inset-0 grid place-content-center p-4 text-center text-muted">
            <span className="max-w-sm rounded bg-canvas px-2">{emptyText}</span>
          </p>
        )}
      </div>
      <figcaption className="mt-1 pl-2 text-muted text-xs">
        {[
          !isEmpty && has('counting') && 'lighter: still counting',
          !isEmpty && has('not_recorded') && 'hatched: not recorded, or no longer kept',
        ]
          .filter(Boolean)
          .join('; ')}
      </figcaption>
    </figure>
  );
}
