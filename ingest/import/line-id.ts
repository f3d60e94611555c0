// Ids derived from lines, so that importing a file twice changes nothing.
import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { mintViewId } from '../view-id.ts';

// Equal lines have equal times, so in a log, which is roughly in order of time, they stand close together.
const rememberedLines = 200_000;

export type LineIds = {
  /** The id of a line's view, `at` in milliseconds. */
  idOf(line: string, at: number): string;
};

/**
 * An id is the line's time and a hash of its text. A line that equals an earlier one is an event of its own: its id also
 * hashes how many came before. Two equal lines are taken for one if more than 200,000 others stand between them.
 */
export function lineIds(): LineIds {
  const occurrences = new LRUCache<string, number>({ max: rememberedLines });
  return {
    idOf(line, at) {
      const id = hashedId(line, at);
      const earlier = occurrences.get(id) ?? 0;
      occurrences.set(id, earlier + 1);
      return earlier === 0 ? id : hashedId(`${line}\n${earlier}`, at);
    },
  };
}

/** The id of an event that its sender named `name`: the same in whatever line it stands. */
export function namedId(name: string, at: number): string {
  return hashedId(name, at);
}

function hashedId(text: string, at: number): string {
  return mintViewId(at, hash('sha256', text, 'buffer'));
}
