import type { ChartPoint, ChartUnit } from '#components/chart-points.ts';
import { exact } from '#components/number-text.ts';
import type { Kind } from './screened-points.ts';

type Props = { points: ChartPoint[]; caption: string; unit: ChartUnit; kind: Kind };

/** The chart's numbers, newest first; its foot equals the headline. */
export function ScreenedSeriesTable({ points, caption, unit, kind }: Props) {
  const sum = points.reduce((total, { people }) => total + people, 0);
  return (
    <table className="w-full text-right [&_td]:px-2 [&_th]:px-2 [&_tr>*:first-child]:text-left">
      <caption className="sr-only">{caption}</caption>
      <thead className="sticky top-0 bg-canvas text-muted text-xs shadow-[inset_0_-1px_var(--color-rule)]">
        <tr>
          <th scope="col" className="first-letter:uppercase">
            {unit}
          </th>
          <th scope="col" className="first-letter:uppercase">
            {kind}
          </th>
        </tr>
      </thead>
      <tbody>
        {points.toReversed().map(({ start, period, people, state }) => (
          <tr key={start} className="border-rule border-b">
            <th scope="row" className="font-normal">
              {period}
              {state === 'counting' && <span className="text-muted"> (so far)</span>}
            </th>
            <td>{state === 'not_recorded' ? <span className="text-muted">not recorded</span> : exact(people)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot className="sticky -bottom-px bg-canvas font-semibold shadow-[inset_0_1px_var(--color-ink)] [&_td]:py-1.5 [&_th]:py-1.5">
        <tr>
          <th scope="row">Total</th>
          <td>{exact(sum)}</td>
        </tr>
      </tfoot>
    </table>
  );
}
