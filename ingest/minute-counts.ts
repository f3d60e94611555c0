import type { TextHash } from './text-hash.ts';

const slots = 1 << 18;
const most = 65_535;

/**
 * Counts by key and minute, in 2.5 MiB whatever comes: adds `more` (0 or 1) and returns the sum. A key has two slots to stand in;
 * where both are taken, the one of an earlier minute is given up, else the smaller, which begins anew should it come again.
 * So what is counted often stays, and a count may be too low; too high only where two keys share one, once in 280 trillion pairs.
 */
export function openMinuteCounts(): (key: TextHash, minute: number, more: number) => number {
  const marks = new Uint32Array(slots);
  const minutes = new Uint32Array(slots);
  const counts = new Uint16Array(slots);
  const isOf = (slot: number, mark: number, minute: number) => marks[slot] === mark && minutes[slot] === minute;
  const worthOf = (slot: number, minute: number) => ((minutes[slot] ?? 0) < minute ? 0 : (counts[slot] ?? 0));
  return ({ place, mark }, minute, more) => {
    const one = place & (slots - 1);
    const other = one ^ 1;
    const held = isOf(one, mark, minute) ? one : isOf(other, mark, minute) ? other : undefined;
    if (held !== undefined) {
      counts[held] = Math.min(most, (counts[held] ?? 0) + more);
      return counts[held];
    }
    if (more === 0) return 0;
    const slot = worthOf(one, minute) <= worthOf(other, minute) ? one : other;
    marks[slot] = mark;
    minutes[slot] = minute;
    counts[slot] = more;
    return more;
  };
}
