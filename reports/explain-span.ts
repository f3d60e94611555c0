import { shiftDay } from '#db/day.ts';
import { earlierOf, nameOf, type ReportingZone } from '#db/reporting-zone.ts';
import { dateAt, startOfDate } from './calendar.ts';
import type { FigureTime } from './explain-address.ts';

/** A figure's time in full, as Postgres reads it: half-open instants, and the first and last date it touches. */
export type Span = {
  from: string;
  to: string;
  firstDay: string;
  lastDay: string;
  /** What cut its first day: after a change of the reporting zone days of old may stay as they were. */
  timeZone: string;
};

const ever = { from: '-infinity', to: 'infinity', firstDay: '-infinity', lastDay: 'infinity' };

export function spanOf(time: FigureTime, zone: ReportingZone): Span {
  if (time.unit === 'total' || !time.from || !time.to) return { ...ever, timeZone: nameOf(zone) };
  if (time.unit === 'day' || time.unit === 'month') return spanOfDays(time.from, time.to, zone);
  const [first, last] = [new Date(time.from), new Date(Date.parse(time.to) - 1)];
  return {
    from: time.from,
    to: time.to,
    firstDay: dateAt(first, zoneNameAt(first, zone)),
    lastDay: dateAt(last, zoneNameAt(last, zone)),
    timeZone: zoneNameAt(first, zone),
  };
}

export function spanOfDays(from: string, to: string, zone: ReportingZone): Span {
  const start = startOfDay(from, zone);
  return {
    from: start.toISOString(),
    to: startOfDay(to, zone).toISOString(),
    firstDay: from,
    lastDay: shiftDay(to, -1),
    timeZone: zoneNameAt(start, zone),
  };
}

/** By the zone that cut the date. */
function startOfDay(date: string, zone: ReportingZone): Date {
  for (const { timeZone, until } of earlierOf(zone)) {
    const start = startOfDate(date, timeZone);
    if (start.getTime() < Date.parse(until)) return start;
  }
  return startOfDate(date, nameOf(zone));
}

function zoneNameAt(instant: Date, zone: ReportingZone): string {
  const cut = earlierOf(zone).find(({ until }) => instant.getTime() < Date.parse(until));
  return cut?.timeZone ?? nameOf(zone);
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
