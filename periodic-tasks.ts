// Every periodic task of the product: one row each, with its time in the reporting zone. The tick is not one of them: it runs
// every second (rollups/worker.ts). Each run is in task_runs, and on the System page.
import { setTimeout as sleep } from 'node:timers/promises';
import { connect, type Sql } from '#db/client.ts';
import { ensureLivePartitions } from '#ingest/log-partitions.ts';
import { type ClosedDay, closeDueDays } from '#rollups/close-due-days.ts';
import { dropOldMinutes } from '#rollups/drop-minutes.ts';
import { forgetOldRuns, type Task } from '#rollups/schedule.ts';

const retryMs = 2_000;
const maxTries = 30;

type Services = { url: string; sql: Sql; timeZone: string };

export function ingestTasks({ sql }: Services): Task[] {
  return [
    {
      name: 'log-partitions',
      purpose: 'Makes the partitions that views of the next three days need.',
      pattern: '4 * * * *',
      run: (now) => ensureLivePartitions(sql, now).then(() => 'There are partitions for three days ahead.'),
    },
  ];
}

export function rollupTasks({ url, sql, timeZone }: Services): Task[] {
  return [
    {
      name: 'nightly-close',
      purpose: 'Proves the days that are over against the log, and repairs what differs.',
      pattern: '14 2 * * *',
      run: (now, stopped) => closeAll(url, timeZone, now, stopped),
    },
    {
      name: 'old-minutes',
      purpose: 'Drops the minutes that no panel asks for any more.',
      pattern: '9 * * * *',
      run: (now) => dropOldMinutes(sql, now).then((dropped) => `Dropped ${dropped.length} partitions.`),
    },
    {
      name: 'old-runs',
      purpose: 'Forgets the runs of tasks of over 30 days ago.',
      pattern: '24 3 * * *',
      run: (now) => forgetOldRuns(sql, now).then((count) => `Forgot ${count} runs.`),
    },
  ];
}

/** On a connection of its own: a close leaves its working tables in its session. */
async function closeAll(url: string, timeZone: string, now: Date, stopped: AbortSignal): Promise<string> {
  stopped.throwIfAborted();
  const session = connect(url, {
    name: 'close',
    max: 1,
    statementTimeoutMs: 600_000,
    idleInTransactionTimeoutMs: 60_000,
  });
  stopped.addEventListener('abort', () => session.end({ timeout: 0 }));
  try {
    for (let tries = 1; ; tries++) {
      const closed = await closeDueDays(session, timeZone, now);
      // Just after a start the rollup has yet to read what came last.
      if (closed.at(-1)?.closing.status !== 'behind' || tries === maxTries) return sayClosed(closed);
      await sleep(retryMs, undefined, { signal: stopped });
    }
  } finally {
    await session.end({ timeout: 2 });
  }
}

/** What was closed, in one sentence. Throws for days that did not balance even after their repair. */
function sayClosed(closed: ClosedDay[]): string {
  const days = closed.flatMap(({ day, closing }) => (closing.status === 'closed' ? [{ day, ...closing }] : []));
  const unbalanced = days.filter(({ isBalanced }) => !isBalanced).map(({ day }) => day);
  if (unbalanced.length > 0) throw new Error(`Not balanced after the repair: ${unbalanced.join(', ')}.`);
  const repaired = days.filter(({ proof }) => proof.differingBuckets > 0).map(({ day }) => day);
  const left = closed.flatMap(({ day, closing }) =>
    closing.status === 'closed' ? [] : [`${day} is ${closing.status}`],
  );
  return [`Closed ${days.length} days`, repaired.length > 0 && `repaired ${repaired.join(', ')}`, ...left]
    .filter(Boolean)
    .join('; ');
}
