// The progress bar of an import.
import { progressBar } from '../../progress-bar.ts';
import { rejectedLines, type Tally } from './tally.ts';

export type Progress = { update(bytesRead: number, tally: Tally): void; stop(): void };

const counts = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

export function startProgress(totalBytes: number): Progress {
  const startedAt = performance.now();
  const bar = progressBar('{lines} lines | {rate} lines/s | {rejected} rejected | {left} left');
  bar.start(Math.max(totalBytes, 1), 0, { lines: 0, rate: '-', rejected: 0, left: '-' });
  return {
    update(bytesRead, tally) {
      const seconds = (performance.now() - startedAt) / 1_000;
      const rate = tally.lines / seconds;
      const left = bytesRead > 0 ? seconds * (totalBytes / bytesRead - 1) : Number.NaN;
      bar.update(Math.min(bytesRead, totalBytes), {
        lines: counts.format(tally.lines),
        rate: counts.format(rate),
        rejected: counts.format(rejectedLines(tally)),
        left: printSeconds(left),
      });
    },
    stop: () => bar.stop(),
  };
}

function printSeconds(seconds: number): string {
  if (!Number.isFinite(seconds)) return '-';
  if (seconds < 60) return `${Math.ceil(seconds)} s`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
