import { tzOffset } from '@date-fns/tz';
import { LRUCache } from 'lru-cache';
import { dayMs } from '#db/day.ts';

const minuteMs = 60_000;

/**
 * Turns what a clock on the wall of `zone` showed (as if it were UTC, in milliseconds) into the instant, to the
 * millisecond; undefined where it was skipped in spring. Of an hour that came twice in autumn it takes the first.
 */
export function zoneClock(zone: string): (wall: number) => number | undefined {
  if (zone === 'UTC') return (wall) => wall;
  // Offsets take microseconds to find, and a log has many lines in one minute.
  const offsets = new LRUCache<number, { offset: number | undefined }>({ max: 1_000 });
  return (wall) => {
    const minute = Math.floor(wall / minuteMs) * minuteMs;
    let known = offsets.get(minute);
    if (!known) {
      known = { offset: findOffset(zone, minute) };
      offsets.set(minute, known);
    }
    return known.offset === undefined ? undefined : wall - known.offset;
  };
}

function findOffset(zone: string, wall: number): number | undefined {
  const [before, after] = [offsetAt(zone, wall - dayMs), offsetAt(zone, wall + dayMs)];
  return [before, after].find((offset) => offsetAt(zone, wall - offset) === offset);
}

function offsetAt(zone: string, at: number): number {
  return tzOffset(zone, new Date(at)) * minuteMs;
}
