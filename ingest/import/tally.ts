// What became of the lines so far.
import type { LineRejection } from './line-fields.ts';

export type Tally = {
  lines: number;
  counted: number;
  duplicates: number;
  skipped: number;
  rejected: Map<LineRejection['rejected'], number>;
  /** The first rejections, with where they stand in the file. */
  examples: { number: number; message: string }[];
  /** The span of the views that are in the log now, in milliseconds. */
  firstAt: number;
  lastAt: number;
  /** The first two videos with such a view: enough to tell one from many. */
  videos: Set<string>;
};

const maxExamples = 20;

export function newTally(): Tally {
  return {
    lines: 0,
    counted: 0,
    duplicates: 0,
    skipped: 0,
    rejected: new Map(),
    examples: [],
    firstAt: Number.POSITIVE_INFINITY,
    lastAt: Number.NEGATIVE_INFINITY,
    videos: new Set(),
  };
}

export function tallyTaken(tally: Tally, status: 'counted' | 'duplicate', at: number, video: string): void {
  if (status === 'counted') tally.counted += 1;
  else tally.duplicates += 1;
  tally.firstAt = Math.min(tally.firstAt, at);
  tally.lastAt = Math.max(tally.lastAt, at);
  if (tally.videos.size < 2) tally.videos.add(video);
}

export function tallyRejected(tally: Tally, number: number, { rejected, message }: LineRejection): void {
  tally.rejected.set(rejected, (tally.rejected.get(rejected) ?? 0) + 1);
  if (tally.examples.length < maxExamples) tally.examples.push({ number, message });
}

export function rejectedLines({ rejected }: Tally): number {
  return [...rejected.values()].reduce((sum, lines) => sum + lines, 0);
}
