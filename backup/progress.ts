// The progress bar of a backup or a restore.
import { progressBar } from '../progress-bar.ts';

/** `done` of `total` bytes. */
export type OnProgress = (progress: { rows: number; done: number; total: number }) => void;
export type Progress = { update: OnProgress; stop(): void };

const counts = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

export function startProgress(): Progress {
  const startedAt = performance.now();
  const bar = progressBar('{rows} rows | {rate} rows/s | {left} left');
  bar.start(1, 0, { rows: 0, rate: '-', left: '-' });
  return {
    update({ rows, done, total }) {
      const seconds = (performance.now() - startedAt) / 1_000;
      const left = printMinutes(seconds * (total / Math.max(done, 1) - 1));
      bar.update(done / Math.max(total, 1), { rows: counts.format(rows), rate: counts.format(rows / seconds), left });
    },
    stop: () => bar.stop(),
  };
}

function printMinutes(seconds: number): string {
  const minutes = Math.ceil(seconds / 60);
  return minutes < 2 ? `${Math.ceil(seconds)} s` : `${minutes} min`;
}
