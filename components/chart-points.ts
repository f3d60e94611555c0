// From a report's buckets to what a chart and its table show.
import type { Point, PointState } from '#reports/views-over-time.ts';
import type { BotsChoice } from './bots-choice.ts';
import { dateText, instantText } from './time-text.ts';

export type ChartPoint = {
  /** The bucket's start; unique within a chart. */
  start: string;
  /** On the axis. */
  tick: string;
  /** In tooltip and table. */
  period: string;
  people: number;
  bots: number;
  /** What another product had counted, beside both. */
  opening: number;
  state: PointState;
  /** What was said afterwards of its views (verdict-notes.ts). */
  note?: string;
  /** That it stands out, or what was reached in it (marks.ts): briefly, and in words. */
  mark?: { label: string; text: string } | undefined;
};

export type ChartPart = 'people' | 'bots' | 'opening';

/** What a chart draws of its points, from the axis up. */
export function chartParts(points: ChartPoint[], shows: BotsChoice): ChartPart[] {
  if (shows === 'only') return ['bots'];
  const measured: ChartPart[] = shows === 'with' ? ['people', 'bots'] : ['people'];
  return points.some(({ opening }) => opening > 0) ? [...measured, 'opening'] : measured;
}

export type ChartUnit = 'minute' | 'hour' | 'day' | 'month';

export function chartPoints(
  buckets: (Point & { opening?: number })[],
  unit: ChartUnit,
  timeZone: string,
): ChartPoint[] {
  return buckets.map((bucket) => ({
    start: bucket.start,
    ...periodText(bucket.start, unit, timeZone),
    people: bucket.views - bucket.botViews,
    bots: bucket.botViews,
    opening: bucket.opening ?? 0,
    state: bucket.state,
  }));
}

/** Runs of buckets that were not recorded, by the starts of their first and last. */
export function unrecordedSpans(points: ChartPoint[]): { first: string; last: string }[] {
  const spans: { first: string; last: string }[] = [];
  for (const [index, { start, state, opening }] of points.entries()) {
    if (state !== 'not_recorded' || opening > 0) continue;
    const span = spans.at(-1);
    if (span && span.last === points[index - 1]?.start) span.last = start;
    else spans.push({ first: start, last: start });
  }
  return spans;
}

function periodText(start: string, unit: ChartUnit, timeZone: string): Pick<ChartPoint, 'tick' | 'period'> {
  if (unit === 'month') return { tick: dateText(start, 'shortMonth'), period: dateText(start, 'month') };
  if (unit === 'day') return { tick: dateText(start, 'shortDay'), period: dateText(start, 'weekday') };
  const tick = instantText(start, 'minute', timeZone);
  if (unit === 'minute') return { tick, period: tick };
  const end = new Date(Date.parse(start) + 3_600_000);
  return { tick, period: `${instantText(start, 'hourOfDay', timeZone)}–${instantText(end, 'minute', timeZone)}` };
}

/** Labels by the start they stand at. Over a turn of the year the first label of each year names it. */
export function axisLabels(points: ChartPoint[], unit: ChartUnit): Map<string, string> {
  const ticks = new Map(points.map((point) => [point.start, point.tick]));
  const starts = tickStarts(points, unit);
  const isOneYear = yearOf(points[0]?.start) === yearOf(points.at(-1)?.start);
  return new Map(
    starts.map((start, index) => {
      const namesYear = unit === 'day' && !isOneYear && yearOf(start) !== yearOf(starts[index - 1]);
      return [start, namesYear ? dateText(start, 'day') : (ticks.get(start) ?? '')];
    }),
  );
}

function yearOf(date: string | undefined): string | undefined {
  return date?.slice(0, 4);
}

/** The starts that get a label: at most five, on round times where the unit has them. */
export function tickStarts(points: ChartPoint[], unit: ChartUnit): string[] {
  const round = points.filter((point) => isRound(point, unit));
  const candidates = round.length >= 3 ? round : points;
  const step = Math.ceil(candidates.length / 5);
  return candidates.filter((_, index) => index % step === 0).map((point) => point.start);
}

function isRound(point: ChartPoint, unit: ChartUnit): boolean {
  if (unit === 'minute') return Number(point.tick.slice(3)) % 15 === 0;
  if (unit === 'hour') return Number(point.tick.slice(0, 2)) % 6 === 0;
  return unit === 'day' && point.start.endsWith('-01');
}
