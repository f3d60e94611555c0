// Ticks for as long as the process lives.
import type { Sql } from '#db/client.ts';
import { tick } from './tick.ts';

export type Worker = { stop(): Promise<void> };

export type WorkerOptions = {
  intervalMs: number;
  timeZone: string;
  clock: () => Date;
  onError: (error: unknown) => void;
};

/** Ticks every `intervalMs`, at once again while the log is ahead. A tick that fails is reported and tried again. */
export function startWorker(sql: Sql, { intervalMs, timeZone, clock, onError }: WorkerOptions): Worker {
  let isStopped = false;
  let wake = () => {};
  const running = (async () => {
    while (!isStopped) {
      const startedAt = performance.now();
      const result = await tick(sql, clock(), timeZone).catch((error) => {
        onError(error);
        return undefined;
      });
      if (result?.status === 'done' && !result.isComplete) continue;
      const pause = Math.max(0, intervalMs - (performance.now() - startedAt));
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, pause);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
        if (isStopped) wake();
      });
    }
  })();
  return {
    async stop() {
      isStopped = true;
      wake();
      await running;
    },
  };
}
