'use client';

import dynamic from 'next/dynamic';
import type { ReactNode } from 'react';
import type { PointState } from '#reports/views-over-time.ts';
import type { BotsChoice } from './bots-choice.ts';
import { type ChartPart, type ChartPoint, type ChartUnit, chartParts } from './chart-points.ts';
import { Skeleton } from './skeleton.tsx';
import { usePointClick } from './use-point-click.ts';

// Drawn after the first paint: the numbers are on the page before the chart library is.
const loading = () => <Skeleton height="h-full" />;
const Bars = dynamic(() => import('./bars.tsx').then((module) => module.Bars), { ssr: false, loading });
const Areas = dynamic(() => import('./areas.tsx').then((module) => module.Areas), { ssr: false, loading });

// Beyond, a bar is thinner than the gap beside it on a phone.
const mostBars = 62;

// As the marks draw what is not finished: a line in areas, a bar in bars.
const dashed = 'w-4 border-people border-t-2 border-dashed';
const hatched = 'size-2.5 bg-[repeating-linear-gradient(135deg,var(--color-people)_0_2px,transparent_2px_4px)]';

// Fainter, and hatched wider than what is still counting.
const unrecorded = 'size-2.5 bg-[repeating-linear-gradient(135deg,var(--color-edge)_0_1px,transparent_1px_4px)]';

// As the marks draw what something was said of.
const noted = 'size-2.5 border border-dashed border-late bg-late-soft';

type Props = {
  label: string;
  points: ChartPoint[];
  unit: ChartUnit;
  /** Whom it is about; people and bots unless told. */
  shows?: BotsChoice | undefined;
  /** Called with the index of a point that was clicked. */
  onExplain: (index: number) => void;
  /** What to say where there is no view. */
  empty?: ReactNode;
};

/** People, with bots on top where they are asked for, over time. */
export function Chart({ label, points, unit, shows = 'with', onExplain, empty = 'No views in this time' }: Props) {
  const Marks = points.length > mostBars ? Areas : Bars;
  const parts = chartParts(points, shows);
  const isDrawn = (part: ChartPart) => parts.includes(part) && points.some((point) => point[part] > 0);
  const isEmpty = !parts.some(isDrawn);
  const has = (state: PointState) => points.some((point) => point.state === state);
  const clickPoint = usePointClick(points, onExplain);
  return (
    <figure aria-label={label} className="flex grow flex-col">
      <div className="relative min-h-60 grow">
        <div className="absolute inset-0">
          <Marks points={points} unit={unit} shows={shows} onClick={clickPoint} />
        </div>
        {isEmpty && (
          <div className="pointer-events-none absolute inset-0 grid place-content-center p-4">
            <p className="text-balance rounded bg-canvas px-2 text-center text-muted [&_a]:pointer-events-auto">
              {empty}
            </p>
          </div>
        )}
      </div>
      <figcaption className="mt-1 flex flex-wrap gap-x-4 pl-2 text-muted text-xs">
        {parts.includes('people') && <Key name="People" swatch="size-2.5 bg-people" />}
        {(isDrawn('bots') || shows === 'only') && <Key name="Bots, set aside" swatch="size-2.5 bg-bots" />}
        {isDrawn('opening') && <Key name="Entered, not measured" swatch="size-2.5 bg-opening" />}
        {has('counting') && <Key name="Still counting" swatch={Marks === Areas ? dashed : hatched} />}
        {points.some(({ note }) => note) && <Key name="Verdict changed" swatch={noted} />}
        {has('not_recorded') && <Key name="Not recorded" swatch={unrecorded} />}
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
