import { shiftDay } from '#db/day.ts';
import { dateAt, startOfDate } from './calendar.ts';
import type { FigureTime } from './explain-address.ts';

/** A figure's time in full, as Postgres reads it: half-open instants, and the first and last date it touches. */
export type Span = { from: string; to: string; firstDay: string; lastDay: string };

const ever: Span = { from: '-infinity', to: 'infinity', firstDay: '-infinity', lastDay: 'infinity' };

export function spanOf(time: FigureTime, timeZone: string): Span {
  if (time.unit === 'total' || !time.from || !time.to) return ever;
  if (time.unit === 'day' || time.unit === 'month') return spanOfDays(time.from, time.to, timeZone);
  const last = new Date(Date.parse(time.to) - 1);
  return {
    from: time.from,
    to: time.to,
    firstDay: dateAt(new Date(time.from), timeZone),
    lastDay: dateAt(last, timeZone),
  };
}

export function spanOfDays(from: string, to: string, timeZone: string): Span {
  return {
    from: startOfDate(from, timeZone).toISOString(),
    to: startOfDate(to, timeZone).toISOString(),
    firstDay: from,
    lastDay: shiftDay(to, -1),
  };
}

/** The part of `span` that lies within `within`. */
export function clip(span: Span, within: Span): Span {
  const later = (a: string, b: string) =>
    b === ever.from || (a !== ever.from && Date.parse(a) >= Date.parse(b)) ? a : b;
  const sooner = (a: string, b: string) => (b === ever.to || (a !== ever.to && Date.parse(a) <= Date.parse(b)) ? a : b);
  return { ...span, from: later(span.from, within.from), to: sooner(span.to, within.to) };
}

/** Undefined for all time. */
export function lengthMs({ from, to }: Span): number | undefined {
  return from === ever.from || to === ever.to ? undefined : Date.parse(to) - Date.parse(from);
}
