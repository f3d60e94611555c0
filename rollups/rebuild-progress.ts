// The progress bar of a rebuild; on anything but a terminal, a line now and then.
import cliProgress from 'cli-progress';
import type { RebuildProgress } from './rebuild.ts';

const lineEveryMs = 5_000;
const counts = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

export function startRebuildProgress(what: string): { update(progress: RebuildProgress): void; stop(): void } {
  const startedAt = performance.now();
  const bar = new cliProgress.SingleBar({
    format: `{bar} {percentage} % | {value} of {total} ${what} | {rate} views/s | {eta_formatted} left`,
    barsize: 24,
    hideCursor: true,
    clearOnComplete: true,
    stopOnComplete: false,
    noTTYOutput: true,
    notTTYSchedule: lineEveryMs,
  });
  bar.start(1, 0, { rate: '-' });
  return {
    update({ done, total, views }) {
      bar.setTotal(total);
      bar.update(done, { rate: counts.format((views * 1_000) / (performance.now() - startedAt)) });
    },
    stop: () => bar.stop(),
  };
}
