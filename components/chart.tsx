'use client';

import dynamic from 'next/dynamic';
import type { ChartPoint, ChartUnit } from './chart-points.ts';
import { Skeleton } from './skeleton.tsx';

// Drawn after the first paint: the numbers are on the page before the chart library is.
const loading = () => <Skeleton height="h-full" />;
const Bars = dynamic(() => import('./bars.tsx').then((module) => module.Bars), { ssr: false, loading });
const Areas = dynamic(() => import('./areas.tsx').then((module) => module.Areas), { ssr: false, loading });

// Beyond, a bar is thinner than the gap beside it on a phone.
const mostBars = 62;

// As the marks draw what is not finished: a line in areas, a bar in bars.
const dashed = 'w-4 border-people border-t-2 border-dashed';
const hatched = 'size-2.5 bg-[repeating-linear-gradient(135deg,var(--color-people)_0_2px,transparent_2px_4px)]';

type Props = { label: string; points: ChartPoint[]; unit: ChartUnit };

/** People with bots on top, over time. */
export function Chart({ label, points, unit }: Props) {
  const Marks = points.length > mostBars ? Areas : Bars;
  const isEmpty = points.every((point) => point.people + point.bots === 0);
  const hasBots = points.some((point) => point.bots > 0);
  return (
    <figure aria-label={label} className="flex grow flex-col">
      <div className="relative min-h-60 grow">
        <div className="absolute inset-0">
          <Marks points={points} unit={unit} />
        </div>
        {isEmpty && (
          <p className="pointer-events-none absolute inset-0 grid place-content-center text-muted">
            No views in this time
          </p>
        )}
      </div>
      <figcaption className="mt-1 flex gap-4 pl-2 text-muted text-xs">
        <Key name="People" swatch="size-2.5 bg-people" />
        {hasBots && <Key name="Bots, set aside" swatch="size-2.5 bg-bots" />}
        {points.some((point) => point.isCurrent) && (
          <Key name="Still counting" swatch={Marks === Areas ? dashed : hatched} />
        )}
      </figcaption>
    </figure>
  );
}

function Key({ name, swatch }: { name: string; swatch: string }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <span aria-hidden="true" className={swatch} />
      {name}
    </span>
  );
}
