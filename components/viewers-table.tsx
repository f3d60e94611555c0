import { exact } from './number-text.ts';
import type { ViewerPoint } from './viewer-points.ts';

/** The numbers of the chart, newest first. Without a total: whoever came on two days is in both. */
export function ViewersTable({ points, caption }: { points: ViewerPoint[]; caption: string }) {
  return (
    <table className="w-full text-right [&_td]:px-2 [&_th]:px-2 [&_tr>*:first-child]:text-left">
      <caption className="sr-only">{caption}</caption>
      <thead className="sticky top-0 bg-canvas text-muted text-xs shadow-[inset_0_-1px_var(--color-rule)]">
        <tr>
          <th scope="col">Day</th>
          <th scope="col">New</th>
          <th scope="col">Returning</th>
          <th scope="col">Viewers</th>
        </tr>
      </thead>
      <tbody>
        {points.toReversed().map(({ start, period, state, newViewers, returning, people }) => (
          <tr key={start} className="border-rule border-b">
            <th scope="row" className="font-normal">
              {period}
              {state === 'counting' && <span className="text-muted"> (so far)</span>}
            </th>
            {state === 'not_recorded' ? (
              <td colSpan={3} className="text-muted">
                not recorded
              </td>
            ) : (
              <>
                <td>{exact(newViewers)}</td>
                <td>{exact(returning)}</td>
                <td>{exact(people)}</td>
              </>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
