// The progress bar of a rebuild.
import { progressBar } from '../progress-bar.ts';
import type { RebuildProgress } from './rebuild.ts';

const counts = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

export function startRebuildProgress(what: string): { update(progress: RebuildProgress): void; stop(): void } {
  const startedAt = performance.now();
  const bar = progressBar(`{value} of {total} ${what} | {rate} views/s | {eta_formatted} left`);
  bar.start(1, 0, { rate: '-' });
  return {
    update({ done, total, views }) {
      bar.setTotal(total);
      bar.update(done, { rate: counts.format((views * 1_000) / (performance.now() - startedAt)) });
    },
    stop: () => bar.stop(),
  };
}
