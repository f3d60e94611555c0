// The notations of time that logs use, and which one a file seems to be in.
import { zoneClock } from './zone-time.ts';

export const timeFormats = ['unix', 'unix_ms', 'iso', 'clf'] as const;
export type TimeFormat = (typeof timeFormats)[number];

/** Milliseconds since the epoch; undefined for what is no time. */
export type ReadTime = (text: string) => number | undefined;

const number = /^\d{1,14}(\.\d+)?$/;
const iso = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)? ?(Z|UTC|[+-]\d\d(?::?\d\d)?)?$/i;
const clf = /^(\d\d)\/([A-Z][a-z]{2})\/(\d{4}):(\d\d):(\d\d):(\d\d) ([+-]\d{4})$/;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
// Seconds reach this in the year 5138, milliseconds did in 1973.
const leastMilliseconds = 1e11;

/** `zone` is where the clock hung that wrote times without a zone. */
export function timeReader(format: TimeFormat, zone: string): ReadTime {
  switch (format) {
    case 'unix':
      return (text) => (number.test(text) ? Math.floor(Number(text) * 1_000) : undefined);
    case 'unix_ms':
      return (text) => (number.test(text) ? Math.floor(Number(text)) : undefined);
    case 'iso':
      return isoReader(zone);
    case 'clf':
      return readClf;
  }
}

/** The one notation that those of `texts` are in that are times at all; undefined if there is none, or more than one. */
export function guessTimeFormat(texts: string[]): TimeFormat | undefined {
  const found = new Set(texts.flatMap((text) => formatOf(text) ?? []));
  return found.size === 1 ? [...found][0] : undefined;
}

function formatOf(text: string): TimeFormat | undefined {
  if (number.test(text)) return Number(text) < leastMilliseconds ? 'unix' : 'unix_ms';
  if (iso.test(text)) return 'iso';
  return clf.test(text) ? 'clf' : undefined;
}

function isoReader(zone: string): ReadTime {
  const clock = zoneClock(zone);
  return (text) => {
    const found = iso.exec(text);
    if (!found) return undefined;
    const [, year, month, day, hour, minute, second = 0, fraction = '', offset] = found;
    const wall = wallTime(Number(year), Number(month), Number(day), Number(hour), Number(minute), Number(second));
    if (wall === undefined) return undefined;
    const exact = wall + Number(fraction.padEnd(3, '0').slice(0, 3));
    return offset ? exact - offsetOf(offset) : clock(exact);
  };
}

function readClf(text: string): number | undefined {
  const found = clf.exec(text);
  if (!found) return undefined;
  const [, day, month = '', year, hour, minute, second, offset = ''] = found;
  const monthNumber = months.indexOf(month) + 1;
  const wall = wallTime(Number(year), monthNumber, Number(day), Number(hour), Number(minute), Number(second));
  return wall === undefined ? undefined : wall - offsetOf(offset);
}

/** Undefined for the 30th of February: Date would make it a day of March. */
function wallTime(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
): number | undefined {
  if (month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 59) return undefined;
  const at = Date.UTC(year, month - 1, day, hour, minute, second);
  return new Date(at).getUTCDate() === day ? at : undefined;
}

/** Milliseconds that +02:00, +0200, +02 or Z is ahead of UTC. */
function offsetOf(text: string): number {
  const found = /^([+-])(\d\d):?(\d\d)?$/.exec(text);
  if (!found) return 0;
  const minutes = Number(found[2]) * 60 + Number(found[3] ?? 0);
  return (found[1] === '-' ? -minutes : minutes) * 60_000;
}
