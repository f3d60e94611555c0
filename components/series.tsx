'use client';

import type { ReactNode } from 'react';
import { Chart } from './chart.tsx';
import type { ChartPoint, ChartUnit } from './chart-points.ts';
import { SeriesTable } from './series-table.tsx';
import { TableToggle } from './table-toggle.tsx';

type Props = {
  /** What is shown, for screen readers. */
  label: string;
  points: ChartPoint[];
  unit: ChartUnit;
  /** What to say where there is no view. */
  empty?: ReactNode;
  /** Stands under the chart, before the switch to the table. */
  children: ReactNode;
};

/** One series twice: drawn, and as the table of the same numbers. Both on the client, so that points are sent once. */
export function Series({ label, points, unit, empty, children }: Props) {
  return (
    <>
      <Chart label={label} points={points} unit={unit} empty={empty} />
      <TableToggle name={`${unit}s`} table={<SeriesTable points={points} caption={label} unit={unit} />}>
        {children}
      </TableToggle>
    </>
  );
}
