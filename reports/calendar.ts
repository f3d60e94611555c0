// Dates (YYYY-MM-DD) and instants in the reporting zone. Pure: the instant always comes as an argument.
import { TZDate, tzOffset } from '@date-fns/tz';
import { dayMs, utcDay } from '#db/day.ts';

const minuteMs = 60_000;
const hourMs = 3_600_000;

/** The date it is at `instant` in the zone. */
export function dateAt(instant: Date, timeZone: string): string {
  return utcDay(instant.getTime() + tzOffset(timeZone, instant) * minuteMs);
}

/** The first instant of a date in the zone; where midnight is skipped, that is one o'clock. */
export function startOfDate(date: string, timeZone: string): Date {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  return new Date(new TZDate(year, month - 1, day, 0, 0, 0, timeZone).getTime());
}

/** The hour's bucket as the database names it: cut at the offset that holds at `instant`, like a three-argument date_trunc. */
export function hourAt(instant: Date, timeZone: string): Date {
  const offsetMs = tzOffset(timeZone, instant) * minuteMs;
  return new Date(Math.floor((instant.getTime() + offsetMs) / hourMs) * hourMs - offsetMs);
}

/** The same time on the clock of the day before, cut to the minute. */
export function minuteADayBefore(instant: Date, timeZone: string): Date {
  const local = new TZDate(instant.getTime(), timeZone);
  const [year, month, day] = [local.getFullYear(), local.getMonth(), local.getDate()];
  return new Date(new TZDate(year, month, day - 1, local.getHours(), local.getMinutes(), 0, timeZone).getTime());
}

/** The first date of the month that lies `months` after the month of `date`. */
export function startOfMonth(date: string, months = 0): string {
  const [year = 0, month = 1] = date.split('-').map(Number);
  return utcDay(Date.UTC(year, month - 1 + months, 1));
}

/** Days from one date to a later one. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / dayMs);
}

/** An instant as addresses have it, without milliseconds. */
export function isoSeconds(at: Date | number | string): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}
