// The range of a report as it stands in the URL. Pure; dates are those of the reporting zone.
import { isDay, shiftDay } from '#db/day.ts';
import { dateAt, daysBetween, hourAt, isoSeconds, startOfDate, startOfMonth } from './calendar.ts';

export type Preset = '24h' | '7d' | '28d' | '90d' | '365d' | 'month' | 'last-month' | 'all' | 'custom';

/** Those a link can choose; a custom range is chosen by its dates. */
export const presets: readonly { preset: Preset; label: string }[] = [
  { preset: '24h', label: '24 hours' },
  { preset: '7d', label: '7 days' },
  { preset: '28d', label: '28 days' },
  { preset: '90d', label: '90 days' },
  { preset: '365d', label: '365 days' },
  { preset: 'month', label: 'This month' },
  { preset: 'last-month', label: 'Last month' },
  { preset: 'all', label: 'All time' },
];

export type Range = {
  preset: Preset;
  /** The grain of its points; chosen so that there are at most some 500. */
  unit: 'hour' | 'day' | 'month';
  /** Half-open: instants (ISO, Z) for hours, dates for days and months. Never beyond today. */
  from: string;
  to: string;
  label: string;
  /** The same as dates, both included, as date inputs show them; `from` is empty for all time. */
  dates: { from: string; to: string };
};

export type RangeParams = { range?: string; from?: string; to?: string };

/** `from` of all time; reports put the first month with a view in its place. */
export const beginning = '0001-01-01';
/** No id of a view can carry an earlier time. */
export const earliest = '1970-01-01';

const defaultPreset = '28d';
// Up to two days are drawn by the hour, up to these by the day, more by the month.
const maxDaysByHour = 2;
const maxDaysByDay = 400;
const maxYears = 40;

/** Reads a range from the URL. What cannot be read becomes the default range and a `problem` that says what to do. */
export function parseRange(
  { range, from, to }: RangeParams,
  now: Date,
  timeZone: string,
): { range: Range; problem?: string } {
  const today = dateAt(now, timeZone);
  const instead = (problem: string) => {
    const shown = presetRange(defaultPreset, today, now, timeZone);
    return { range: shown, problem: `${problem} Showing the ${shown.label.toLowerCase()}.` };
  };
  if (range === 'custom' || (!range && (from || to))) {
    if (!from || !to) return instead('A range needs both its first and its last date.');
    const problem = problemOf(from, to, today);
    if (problem) return instead(problem);
    return { range: customRange(from, to < today ? to : today, now, timeZone) };
  }
  const preset = presets.find((one) => one.preset === (range || defaultPreset))?.preset;
  if (preset) return { range: presetRange(preset, today, now, timeZone) };
  return instead('There is no range of that name. Choose one of the list, or two dates.');
}

function problemOf(from: string, to: string, today: string): string | undefined {
  if (!isDay(from) || !isDay(to)) return 'Write the dates of a range like 2026-01-31.';
  if (from < earliest) return 'Views begin in 1970. Choose a later first date.';
  if (from > to) return 'The first date of a range must not be after its last.';
  if (from > today) return 'That range lies in the future. Choose a first date up to today.';
  if (daysBetween(from, to) > maxYears * 366)
    return `A range can be at most ${maxYears} years long. Choose a later first date.`;
  return undefined;
}

function presetRange(preset: Preset, today: string, now: Date, timeZone: string): Range {
  const tomorrow = shiftDay(today, 1);
  const thisMonth = startOfMonth(today);
  switch (preset) {
    case '24h':
      return lastHours(24, now, timeZone);
    case 'month':
      return byDay(preset, thisMonth, tomorrow, `${monthText(thisMonth)} so far`);
    case 'last-month':
      return byDay(preset, startOfMonth(today, -1), thisMonth, monthText(startOfMonth(today, -1)));
    case 'all':
      return {
        preset,
        unit: 'month',
        from: beginning,
        to: startOfMonth(today, 1),
        label: 'All time',
        dates: { from: '', to: today },
      };
    default: {
      const days = Number.parseInt(preset, 10);
      return byDay(preset, shiftDay(tomorrow, -days), tomorrow, `Last ${days} days`);
    }
  }
}

function lastHours(hours: number, now: Date, timeZone: string): Range {
  const current = hourAt(now, timeZone).getTime();
  const from = hourAt(new Date(current - (hours - 1) * 3_600_000), timeZone);
  const to = new Date(current + 3_600_000);
  const dates = { from: dateAt(from, timeZone), to: dateAt(now, timeZone) };
  return { preset: '24h', unit: 'hour', ...instants(from, to), label: `Last ${hours} hours`, dates };
}

function byDay(preset: Preset, from: string, to: string, label: string): Range {
  return { preset, unit: 'day', from, to, label, dates: { from, to: shiftDay(to, -1) } };
}

function customRange(first: string, last: string, now: Date, timeZone: string): Range {
  const after = shiftDay(last, 1);
  const days = daysBetween(first, after);
  const rest = { preset: 'custom', label: spanText(first, last), dates: { from: first, to: last } } as const;
  if (days > maxDaysByDay) return { ...rest, unit: 'month', from: first, to: after };
  if (days > maxDaysByHour) return { ...rest, unit: 'day', from: first, to: after };
  const from = startOfDate(first, timeZone);
  const endOfHour = hourAt(now, timeZone).getTime() + 3_600_000;
  const to = new Date(Math.min(startOfDate(after, timeZone).getTime(), endOfHour));
  return { ...rest, unit: 'hour', ...instants(from, to) };
}

function instants(from: Date, to: Date): { from: string; to: string } {
  return { from: isoSeconds(from), to: isoSeconds(to) };
}

const monthFormat = new Intl.DateTimeFormat('en', { month: 'long', year: 'numeric', timeZone: 'UTC' });
const dayFormat = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeZone: 'UTC' });

function monthText(date: string): string {
  return monthFormat.format(new Date(date));
}

function spanText(first: string, last: string): string {
  return dayFormat.formatRange(new Date(first), new Date(last));
}
