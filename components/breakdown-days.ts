import { shiftDay } from '#db/day.ts';
import type { Days } from '#reports/breakdown.ts';
import { beginning, type Range } from '#reports/range.ts';

/** The whole days of a range: nothing is broken down by the hour. */
export function breakdownDays({ from, dates }: Range): Days & { isAllTime: boolean } {
  const isAllTime = from === beginning;
  return { from: isAllTime ? beginning : dates.from, to: shiftDay(dates.to, 1), isAllTime };
}
