'use client';

import dynamic from 'next/dynamic';
import type { ReactNode } from 'react';
import { Skeleton } from './skeleton.tsx';
import { TableToggle } from './table-toggle.tsx';
import type { ViewerPoint } from './viewer-points.ts';
import { ViewersTable } from './viewers-table.tsx';

const loading = () => <Skeleton height="h-full" />;
const ViewerBars = dynamic(() => import('./viewer-bars.tsx').then((module) => module.ViewerBars), {
  ssr: false,
  loading,
});

const unrecorded = 'bg-[repeating-linear-gradient(135deg,var(--color-edge)_0_1px,transparent_1px_4px)]';

type Props = { label: string; points: ViewerPoint[]; children?: ReactNode };

/** New and returning viewers per day, drawn and as a table. */
export function ViewersSeries({ label, points, children }: Props) {
  const has = (state: ViewerPoint['state']) => points.some((point) => point.state === state);
  const isEmpty = points.every(({ people }) => people === 0);
  return (
    <>
      <figure aria-label={label} className="flex grow flex-col">
        <div className="relative min-h-48 grow">
          <div className="absolute inset-0">
            <ViewerBars points={points} />
          </div>
          {isEmpty && (
            <p className="pointer-events-none absolute inset-0 grid place-content-center text-muted">
              No viewers in these days
            </p>
          )}
        </div>
        <figcaption className="mt-1 flex flex-wrap gap-x-4 pl-2 text-muted text-xs">
          <Key name="New" swatch="bg-newcomers" />
          <Key name="Returning" swatch="bg-people" />
          {has('counting') && <Key name="Still counting, lighter" swatch="bg-newcomers opacity-55" />}
          {has('not_recorded') && <Key name="Not recorded" swatch={unrecorded} />}
        </figcaption>
      </figure>
      <TableToggle name="viewers" table={() => <ViewersTable points={points} caption={label} />}>
        {children}
      </TableToggle>
    </>
  );
}

function Key({ name, swatch }: { name: string; swatch: string }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <span aria-hidden="true" className={`size-2.5 ${swatch}`} />
      {name}
    </span>
  );
}
