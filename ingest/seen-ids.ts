import type { TextHash } from './text-hash.ts';

const slots = 1 << 20;

/**
 * Tells whether an id is new among the last million or so, in 4 MiB whatever comes. One whose slot a later id took is new
 * once more; that a new one is taken for a seen one happens once in two billion.
 */
export function openSeenIds(): (id: TextHash) => boolean {
  const marks = new Uint32Array(slots);
  return ({ place, mark }) => {
    const slot = place & (slots - 1);
    if (marks[slot] === mark) return false;
    marks[slot] = mark;
    return true;
  };
}
