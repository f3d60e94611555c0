// All that a page tells of who watched in a range: whole days of the reporting zone.
import type { Reader } from '#db/client.ts';
import { shiftDay } from '#db/day.ts';
import { dateAt, daysBetween } from './calendar.ts';
import { beginning, type Range } from './range.ts';
import type { Subject } from './subject.ts';
import { type Days, type UniqueViewers, uniqueViewers } from './unique-viewers.ts';
import { type ViewersOfDay, viewersOverTime } from './viewers-over-time.ts';

export type ViewersOfRange = {
  /** Of the range; half-open. `from` is `beginning` for all time. */
  days: Days;
  unique: UniqueViewers;
  /** Of as many days right before; undefined for all time. */
  before: (UniqueViewers & { days: number }) | undefined;
  today: UniqueViewers;
  /** The last days of the range, at most `mostDays` of them; they do not sum to the range's. */
  perDay: ViewersOfDay[];
};

export const mostDays = 400;

/** Null for several channels together (unique-viewers.ts). */
export async function viewersOfRange(
  db: Reader,
  subject: Subject,
  range: Range,
  now: Date,
  timeZone: string,
): Promise<ViewersOfRange | null> {
  const today = dateAt(now, timeZone);
  const days = daysOf(range, today);
  const length = daysBetween(days.from, days.to);
  const previous = { from: range.from === beginning ? beginning : shiftDay(days.from, -length), to: days.from };
  const firstShown = length > mostDays ? shiftDay(days.to, -mostDays) : days.from;
  const [unique, before, ofToday, perDay] = await Promise.all([
    uniqueViewers(db, subject, days),
    range.from === beginning ? undefined : uniqueViewers(db, subject, previous),
    uniqueViewers(db, subject, { from: today, to: shiftDay(today, 1) }),
    viewersOverTime(db, subject, { from: firstShown, to: days.to }),
  ]);
  if (!unique || before === null || !ofToday || !perDay) return null;
  return { days, unique, before: before && { ...before, days: length }, today: ofToday, perDay };
}

/** Ranges by the hour are of the days that they touch. */
function daysOf({ from, dates }: Range, today: string): Days {
  const to = shiftDay([dates.to, today].toSorted()[0] ?? today, 1);
  return { from: from === beginning ? beginning : dates.from, to };
}
