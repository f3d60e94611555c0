// Ids derived from lines, so that importing a file twice changes nothing.
import { hash } from 'node:crypto';
import { viewIdOf } from '../view-id.ts';

// Equal lines have equal times, so in a log, which is roughly in order of time, they stand close together.
const rememberedLines = 50_000;

/** The id of a line's view, `at` in milliseconds. */
export type LineIds = (line: string, at: number) => string;

/**
 * An id is the line's time and a hash of its text. A line that equals an earlier one is an event of its own: its id also
 * hashes how many came before. Two equal lines may be taken for one if more than 50,000 others stand between them.
 */
export function lineIds(): LineIds {
  // Two generations: an LRU cache of this size costs more than the rest of a line's work.
  let young = new Map<string, number>();
  let old = new Map<string, number>();
  return (line, at) => {
    const id = hashedId(line, at);
    const earlier = young.get(id) ?? old.get(id) ?? 0;
    young.set(id, earlier + 1);
    if (young.size >= rememberedLines) {
      old = young;
      young = new Map();
    }
    return earlier === 0 ? id : hashedId(`${line}\n${earlier}`, at);
  };
}

/** The id of an event that its sender named `name`: the same in whatever line it stands. */
export function namedId(name: string, at: number): string {
  return hashedId(name, at);
}

function hashedId(text: string, at: number): string {
  return viewIdOf(at, hash('sha256', text, 'hex'));
}
