// Ticks for as long as the process lives.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Sql } from '#db/client.ts';
import type { ReportingZone } from '#db/reporting-zone.ts';
import { type TickResult, tick } from './tick.ts';

export type Worker = {
  /** Lets the tick under way finish, and ends the client. */
  stop(): Promise<void>;
};

export type WorkerOptions = {
  intervalMs: number;
  /** How long a tick may take from one statement to the next; longer than the time-out of a statement. */
  silenceMs: number;
  timeZone: ReportingZone;
  clock: () => Date;
  onError: (error: unknown) => void;
  /** Called after each tick that came through, with what it took. */
  onTick?: (seconds: number) => void;
};

// What a tick has not committed by then, the next worker adds.
const stopDeadlineMs = 5_000;

class Silence extends Error {
  override name = 'Silence';
}

/**
 * Ticks every `intervalMs`, at once again while the log is ahead, on a client that `connectAnew` gives. A tick that fails
 * is reported and tried again; after one that fell silent, on another client.
 */
export function startWorker(connectAnew: () => Sql, options: WorkerOptions): Worker {
  const { intervalMs, silenceMs, timeZone, clock, onError, onTick } = options;
  let sql = connectAnew();
  let isStopped = false;
  let wake = () => {};
  const tickOnce = async () => {
    try {
      return await unlessSilent((onStatement) => tick(sql, clock(), timeZone, onStatement), silenceMs);
    } catch (error) {
      onError(error);
      if (error instanceof Silence && !isStopped) {
        end(sql);
        sql = connectAnew();
      }
      return undefined;
    }
  };
  const running = (async () => {
    while (!isStopped) {
      const startedAt = performance.now();
      const result = await tickOnce();
      if (result) onTick?.((performance.now() - startedAt) / 1_000);
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
      await Promise.race([running, sleep(stopDeadlineMs, undefined, { ref: false })]);
      await sql.end({ timeout: 2 });
    },
  };
}

/**
 * Settles as `work` does, or rejects with Silence when it called `onStatement` for the last time `silenceMs` ago: a
 * transaction whose connection was lost may wait for ever (db/lost-connection.ts). Not the whole tick has a deadline:
 * one that reads far behind takes as long as it takes, and would never come through.
 */
async function unlessSilent(
  work: (onStatement: () => void) => Promise<TickResult>,
  silenceMs: number,
): Promise<TickResult> {
  const silence = Promise.withResolvers<never>();
  const timer = setTimeout(() => silence.reject(new Silence(`The tick fell silent for ${silenceMs} ms.`)), silenceMs);
  try {
    return await Promise.race([work(() => timer.refresh()), silence.promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** Nothing of it can be committed any more; it is not waited for, since it may be what hangs. */
function end(sql: Sql): void {
  sql.end({ timeout: 0 }).catch(() => {});
}
