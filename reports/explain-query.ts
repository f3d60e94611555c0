// Reads from a URL which number is to be explained. Pure.
import { isDay } from '#db/day.ts';
import { daysBetween, startOfMonth } from './calendar.ts';
import type { ExplainedFigure, FigureOwner, FigureTime } from './explain-address.ts';
import { earliest } from './range.ts';

type Params = Record<string, string | string[] | undefined>;

const units = ['minute', 'hour', 'day', 'month', 'total'] as const;
const minuteMs = 60_000;
// As long as the hour of the dashboards, and as the longest range that is drawn by the hour.
const limits = {
  minute: { longestMs: 60 * minuteMs, instead: 'an hour at most: ask by the hour.', stepMs: minuteMs },
  hour: { longestMs: 72 * 60 * minuteMs, instead: '72 hours at most: ask by the day.', stepMs: 15 * minuteMs },
};
const maxYears = 41;
const tooEarly = 'Views begin in 1970: choose a later date.';

/** The figure that a URL asks about, or a `problem` that says which parameter is wrong and what it should be. */
export function parseExplainQuery(params: Params): { figure: ExplainedFigure } | { problem: string } {
  const text = (name: string) => {
    const value = params[name];
    return (Array.isArray(value) ? value[0] : value) || undefined;
  };
  const owner: FigureOwner = { video: text('video'), channel: text('channel') };
  if (owner.video && owner.channel) return { problem: 'A number is of a video or of a channel: name one of them.' };
  const unit = units.find((one) => one === text('unit'));
  if (!unit) return { problem: 'The unit should be one of minute, hour, day, month and total.' };
  const time = parseTime(unit, text('from'), text('to'));
  return typeof time === 'string' ? { problem: time } : { figure: { owner, time } };
}

/** A text is a problem. */
function parseTime(unit: FigureTime['unit'], from = '', to = ''): FigureTime | string {
  if (unit === 'total') return { unit };
  if (unit === 'month' && !from && !to) return { unit };
  const problem =
    unit === 'minute' || unit === 'hour' ? problemOfInstants(unit, from, to) : problemOfDates(unit, from, to);
  return problem ?? { unit, from, to };
}

function problemOfInstants(unit: 'minute' | 'hour', from: string, to: string): string | undefined {
  if (!isInstant(from) || !isInstant(to)) return 'Write from and to like 2026-01-31T12:00:00Z.';
  if (from < earliest) return tooEarly;
  const [start, end] = [Date.parse(from), Date.parse(to)];
  if (start >= end) return 'The time should begin before it ends: from is included, to is not.';
  const { longestMs, instead, stepMs } = limits[unit];
  if (start % stepMs !== 0 || end % stepMs !== 0) return `The time should begin and end with a whole ${unit}.`;
  if (end - start > longestMs) return `A number by the ${unit} is of ${instead}`;
  return undefined;
}

function isInstant(text: string): boolean {
  return (
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text) && isDay(text.slice(0, 10)) && Number.isFinite(Date.parse(text))
  );
}

function problemOfDates(unit: 'day' | 'month', from: string, to: string): string | undefined {
  if (!isDay(from) || !isDay(to)) return 'Write from and to like 2026-01-31.';
  if (from < earliest) return tooEarly;
  if (from >= to) return 'The time should begin before it ends: from is included, to is not.';
  if (unit === 'month' && (startOfMonth(from) !== from || startOfMonth(from, 1) !== to))
    return 'A number by the month is of one whole month, such as from=2026-01-01 and to=2026-02-01.';
  if (daysBetween(from, to) > maxYears * 366)
    return `A number is of ${maxYears} years at most: choose a later first date.`;
  return undefined;
}
