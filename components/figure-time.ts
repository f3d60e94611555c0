// The times of what a page shows, as its explanations ask for them.
import { startOfMonth } from '#reports/calendar.ts';
import type { FigureTime } from '#reports/explain-address.ts';
import { beginning, type Range } from '#reports/range.ts';

/** Of a range's sum. Months between two dates are made out of days; only those of all time are read as months. */
export function timeOfRange({ unit, from, to }: Pick<Range, 'unit' | 'from' | 'to'>): FigureTime {
  if (from === beginning) return { unit: 'month' };
  return { unit: unit === 'month' ? 'day' : unit, from, to };
}

/** Of one point of a series whose sum is of the time `whole`: a month at its edge may be a part of one. */
export function timeOfPoint(points: { start: string }[], index: number, whole: FigureTime): FigureTime {
  if (whole.unit === 'total') return whole;
  const start = points[index]?.start ?? '';
  const next = points[index + 1]?.start;
  if (whole.unit === 'month') return { unit: 'month', from: start, to: next ?? startOfMonth(start, 1) };
  return { unit: whole.unit, from: index === 0 ? whole.from : start, to: next ?? whole.to };
}
