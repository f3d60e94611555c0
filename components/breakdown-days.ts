import { shiftDay } from '#db/day.ts';
import type { Days } from '#reports/breakdown.ts';
import { beginning, type Range } from '#reports/range.ts';
import { firstText, type SearchParams } from './address.ts';

/** The whole days of a range: nothing is broken down by the hour. */
export function breakdownDays({ from, dates }: Range): Days & { isAllTime: boolean } {
  const isAllTime = from === beginning;
  return { from: isAllTime ? beginning : dates.from, to: shiftDay(dates.to, 1), isAllTime };
}

const shortList = 8;
const longList = 1_000;

/** `?values=all` */
export function isLongList(params: SearchParams): boolean {
  return firstText(params.values) === 'all';
}

export function listedValues(params: SearchParams): number {
  return isLongList(params) ? longList : shortList;
}
