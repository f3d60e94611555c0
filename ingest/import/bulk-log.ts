// The log as bulk writers see it: partitions are made before they are missed, several lanes commit side by side, and a
// database that is away for a moment is waited for.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Sql } from '#db/client.ts';
import { dayMs } from '#db/day.ts';
import { Unavailable } from '../failure.ts';
import type { LogView } from '../flush.ts';
import type { Outcome } from '../log.ts';
import { archivedDays, ensureWritablePartitions, logDay } from '../log-partitions.ts';
import { Recorder } from '../recorder.ts';

export type BulkLog = {
  /** Records views of any age; resolves after their commit with an outcome for each, in the order given. */
  append(views: LogView[]): Promise<Outcome[]>;
  close(): Promise<void>;
};

// Two lanes keep two cores busy: one commits while the other gathers.
const lanes = 2;
const giveUpAfterMs = 60_000;
const firstPauseMs = 250;
const longestPauseMs = 5_000;

export function openBulkLog(url: string, sql: Sql): BulkLog {
  // What is not recorded within the deadline may be recorded yet, and is sent again with the same ids.
  const recorders = Array.from({ length: lanes }, () => new Recorder(url, { kind: 'import', deadlineMs: 10_000 }));
  const preparePartitions = partitionMaker(sql);
  let turn = 0;
  return {
    async append(views) {
      await preparePartitions(views);
      const recorder = recorders[turn++ % lanes];
      return recorder ? record(recorder, views) : [];
    },
    async close() {
      await Promise.all(recorders.map((recorder) => recorder.close()));
    },
  };
}

/** Says of each view what `append` would, without writing it; duplicates are not looked for. */
export function pretendedLog(sql: Sql): BulkLog {
  const archived = new Map<string, boolean>();
  return {
    async append(views) {
      const days = daysOf(views).filter((day) => !archived.has(day));
      const found = await archivedDays(sql, days);
      for (const day of days) archived.set(day, found.has(day));
      return views.map((view) =>
        archived.get(logDay(view)) ? { status: 'rejected', reason: 'archived' } : { status: 'counted' },
      );
    },
    close: async () => {},
  };
}

/** Makes the partitions of days not met before, one batch at a time; archived days get none, and the log refuses them. */
function partitionMaker(sql: Sql): (views: LogView[]) => Promise<void> {
  const made = new Set<string>();
  let making = Promise.resolve();
  const make = async (views: LogView[]) => {
    const days = daysOf(views).filter((day) => !made.has(day));
    if (days.length === 0) return;
    const archived = await archivedDays(sql, days);
    const kept = days.filter((day) => !archived.has(day));
    await ensureWritablePartitions(sql, kept, new Date());
    for (const day of days) made.add(day);
  };
  return (views) => {
    const next = making.then(() => make(views));
    making = next.catch(() => {});
    return next;
  };
}

/** The UTC days of these views; printing a day takes a microsecond, so it is done once per day. */
function daysOf(views: LogView[]): string[] {
  const days = new Map(views.map((view) => [Math.floor(view.viewedAt / dayMs), view]));
  return [...days.values()].map(logDay).sort();
}

async function record(recorder: Recorder, views: LogView[]): Promise<Outcome[]> {
  const deadline = performance.now() + giveUpAfterMs;
  for (let pause = firstPauseMs; ; pause = Math.min(2 * pause, longestPauseMs)) {
    try {
      return await recorder.record(views);
    } catch (error) {
      if (!(error instanceof Unavailable) || performance.now() + pause > deadline) throw error;
      await sleep(pause);
    }
  }
}
