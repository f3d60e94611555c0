import type { ChartPoint } from '#components/chart-points.ts';
import type { Screened } from '#reports/screened.ts';

/** What a chart without a single view says: one sentence that is true of all its time, also where a part of that is on no record. */
export function emptyText(points: ChartPoint[], reason: Screened | undefined): string {
  const first = points.find(({ state }) => state !== 'not_recorded');
  if (!first) return 'Nothing is on record of this time.';
  if (first === points[0]) return `In this time ${whatHappened(reason)}.`;
  const since = first.period.replace(/–.*/, '');
  return `Since ${since} ${whatHappened(reason)}; nothing is on record of the time before.`;
}

function whatHappened(reason: Screened | undefined): string {
  if (reason === undefined) return 'every view that came in was counted';
  return reason === 'duplicate' ? 'no view was sent again' : 'no view was left out for this reason';
}
