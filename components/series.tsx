'use client';

import { useRouter } from 'next/navigation';
import type { ReactNode } from 'react';
import { type ExplainedFigure, explainAddress } from '#reports/explain-address.ts';
import type { BotsChoice } from './bots-choice.ts';
import { Chart } from './chart.tsx';
import type { ChartPoint, ChartUnit } from './chart-points.ts';
import { timeOfPoint } from './figure-time.ts';
import { SeriesTable } from './series-table.tsx';
import { TableToggle } from './table-toggle.tsx';

type Props = {
  /** What is shown, for screen readers. */
  label: string;
  points: ChartPoint[];
  unit: ChartUnit;
  /** Whose numbers they are, and the time of their sum. */
  explained: ExplainedFigure;
  /** Whom it is about; people and bots unless told. */
  shows?: BotsChoice;
  /** What to say where there is no view. */
  empty?: ReactNode;
  /** Stands under the chart, before the switch to the table. */
  children: ReactNode;
};

/** One series twice: drawn, and as the table of the same numbers. Both on the client, so that points are sent once. */
export function Series({ label, points, unit, explained, shows = 'with', empty, children }: Props) {
  const router = useRouter();
  const explainPoint = (index: number) =>
    router.push(explainAddress(explained.owner, timeOfPoint(points, index, explained.time)), { scroll: false });
  return (
    <>
      <Chart label={label} points={points} unit={unit} shows={shows} empty={empty} onExplain={explainPoint} />
      <TableToggle
        name={`${unit}s`}
        table={(isOpen) => (
          <SeriesTable
            points={points}
            caption={label}
            unit={unit}
            explained={explained}
            shows={shows}
            isOpen={isOpen}
          />
        )}
      >
        {children}
      </TableToggle>
    </>
  );
}
