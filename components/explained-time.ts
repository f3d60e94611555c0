// The time of a figure in words, in the reporting zone.
import { shiftDay } from '#db/day.ts';
import type { FigureTime } from '#reports/explain-address.ts';
import { dateText, instantText } from './time-text.ts';

/** `Nov 24, 2026, 12:31–13:31`, `Tue, Nov 24, 2026`, `Nov 1, 2026 – Nov 24, 2026`, `November 2026`, `all time`. */
export function figureTimeText(time: FigureTime, timeZone: string): string {
  if (time.unit === 'total' || !time.from || !time.to) return 'all time';
  if (time.unit === 'month') return dateText(time.from, 'month');
  if (time.unit !== 'day') return spanText(time.from, time.to, timeZone);
  const last = shiftDay(time.to, -1);
  if (last === time.from) return dateText(last, 'weekday');
  return `${dateText(time.from, 'day')} – ${dateText(last, 'day')}`;
}

/** Of two instants; the second date only where it is another. */
export function spanText(from: string, to: string, timeZone: string): string {
  const [first, last] = [from, to].map((at) => instantText(at, 'day', timeZone));
  const [start, end] = [from, to].map((at) => instantText(at, 'minute', timeZone));
  return first === last ? `${first}, ${start}–${end}` : `${first}, ${start} – ${last}, ${end}`;
}
