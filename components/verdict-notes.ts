// What was said afterwards of the views of a bucket, as its chart, its tooltip and its table tell it.

import { shiftDay } from '#db/day.ts';
import { startOfDate, startOfMonth } from '#reports/calendar.ts';
import type { ListedVerdict } from '#reports/verdict-changes.ts';
import type { ChartPoint, ChartUnit } from './chart-points.ts';

/** Points with a note where a change that holds has views of theirs: "set aside: a script". */
export function withVerdicts(
  points: ChartPoint[],
  unit: ChartUnit,
  changes: Pick<ListedVerdict, 'from' | 'to' | 'verdict' | 'why' | 'reversedAt'>[],
  timeZone: string,
): ChartPoint[] {
  const held = changes.filter(({ reversedAt }) => reversedAt === null).toReversed();
  if (held.length === 0) return points;
  return points.map((point) => {
    const { from, to } = bucketSpan(point.start, unit, timeZone);
    const said = held.filter((one) => Date.parse(one.from) < to && Date.parse(one.to) > from);
    const texts = said.map(({ verdict, why }) => `${verdict === 'bot' ? 'set aside' : 'released'}: ${why}`);
    return texts.length === 0 ? point : { ...point, note: texts.join('; ') };
  });
}

/** Half-open, in milliseconds. */
export function bucketSpan(start: string, unit: ChartUnit, timeZone: string): { from: number; to: number } {
  if (unit === 'minute' || unit === 'hour') {
    const from = Date.parse(start);
    return { from, to: from + (unit === 'hour' ? 3_600_000 : 60_000) };
  }
  const next = unit === 'day' ? shiftDay(start, 1) : startOfMonth(start, 1);
  return { from: startOfDate(start, timeZone).getTime(), to: startOfDate(next, timeZone).getTime() };
}
