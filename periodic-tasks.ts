// Every periodic task of the product: one row each, with its time in the reporting zone. The tick is not one of them: it runs
// every second (rollups/worker.ts). Each run is in task_runs, and on the System page.
import { setTimeout as sleep } from 'node:timers/promises';
import { forgetWhatIsOver } from '#accounts/forget-over.ts';
import { connect, type Sql } from '#db/client.ts';
import { nameOf, type ReportingZone } from '#db/reporting-zone.ts';
import { classifyFailure } from '#ingest/failure.ts';
import { forgetOldRepeats } from '#ingest/forget-old-repeats.ts';
import { ensureLivePartitions } from '#ingest/log-partitions.ts';
import { dateAt } from '#reports/calendar.ts';
import { countAlsoWatched } from '#rollups/also-watched.ts';
import { type ClosedDay, closeDueDays } from '#rollups/close-due-days.ts';
import { openProofSession } from '#rollups/proof-session.ts';
import { retain } from '#rollups/retain.ts';
import type { RetentionPolicy } from '#rollups/retention-policies.ts';
import { forgetOldRuns, type Task } from '#rollups/schedule.ts';

const retryMs = 2_000;
const maxTries = 30;

type Services = {
  url: string;
  sql: Sql;
  timeZone: ReportingZone;
  policies: RetentionPolicy[];
  /** Where the log of a day is written before it is dropped. */
  archiveFolder: string | undefined;
};

export function ingestTasks({ sql }: Services): Task[] {
  return [
    {
      name: 'log-partitions',
      purpose: 'Makes the partitions that views of the next three days need.',
      pattern: '4 * * * *',
      run: (now) => ensureLivePartitions(sql, now).then(() => 'There are partitions for three days ahead.'),
    },
    {
      name: 'old-repeats',
      purpose: 'Forgets how often views were sent again, 90 days after the last time.',
      pattern: '34 3 * * *',
      run: (now) =>
        forgetOldRepeats(sql, now).then(
          (count) => `Forgot ${some(count, 'view')} that ${count === 1 ? 'was' : 'were'} sent again.`,
        ),
    },
    {
      name: 'old-sign-ins',
      purpose: 'Forgets sessions, links and sign-ins that are over.',
      pattern: '54 3 * * *',
      run: (now) =>
        forgetWhatIsOver(sql, now).then(
          (count) =>
            `Forgot ${some(count, 'session, link or sign-in', 'sessions, links and sign-ins')} that ${count === 1 ? 'is' : 'are'} over.`,
        ),
    },
  ];
}

export function rollupTasks(services: Services): Task[] {
  const { url, sql, timeZone } = services;
  return [
    {
      name: 'nightly-close',
      purpose: 'Proves the days that are over against the log, and repairs what differs.',
      pattern: '14 2 * * *',
      run: (_, stopped) => closeAll(url, timeZone, stopped),
    },
    {
      name: 'also-watched',
      purpose: 'Counts which videos are watched by the same people.',
      pattern: '4 4 * * *',
      run: (now, stopped) => countPairs(services, now, stopped),
    },
    {
      name: 'retention',
      purpose:
        'Drops what is older than its policy and proved; the log into files first, where there is a folder for them.',
      pattern: '44 * * * *',
      run: (now, stopped) => retainAll(services, now, stopped),
    },
    {
      name: 'old-runs',
      purpose: 'Forgets the runs of tasks of over 30 days ago.',
      pattern: '24 3 * * *',
      run: (now) => forgetOldRuns(sql, now).then((count) => `Forgot ${some(count, 'run')}.`),
    },
  ];
}

/** Closes what is due. Tries again where the rollup has yet to read what came last, or another transaction stood in the way. */
async function closeAll(url: string, timeZone: ReportingZone, stopped: AbortSignal): Promise<string> {
  const session = await openProofSession(url, 'close');
  const end = () => void session.end({ timeout: 0 }).catch(() => {});
  stopped.addEventListener('abort', end, { once: true });
  const closed: ClosedDay[] = [];
  try {
    stopped.throwIfAborted();
    for (let tries = 1; ; tries++) {
      const last = await closeDueDays(
        session,
        timeZone,
        () => new Date(),
        (one) => closed.push(one),
      ).catch((error) => {
        if (classifyFailure(error) !== 'retry' || tries === maxTries) throw error;
        return undefined;
      });
      const status = last === undefined ? 'busy' : last.at(-1)?.closing.status;
      if ((status !== 'behind' && status !== 'busy') || tries === maxTries) return sayClosed(closed);
      await sleep(retryMs, undefined, { signal: stopped });
    }
  } finally {
    stopped.removeEventListener('abort', end);
    await session.end({ timeout: 2 });
  }
}

/** What was closed, in one sentence. Throws for days that did not balance even after their repair. */
function sayClosed(closed: ClosedDay[]): string {
  const days = closed.flatMap(({ day, closing }) => (closing.status === 'closed' ? [{ day, ...closing }] : []));
  const unbalanced = days.filter(({ isBalanced }) => !isBalanced).map(({ day }) => day);
  if (unbalanced.length > 0) throw new Error(`Not balanced after the repair: ${unbalanced.join(', ')}.`);
  const repaired = days.filter(({ proof }) => proof.differingBuckets > 0).map(({ day }) => day);
  const last = closed.at(-1);
  const left = last && last.closing.status !== 'closed' ? [`${last.day} is ${last.closing.status}`] : [];
  return [`Closed ${some(days.length, 'day')}`, repaired.length > 0 && `repaired ${repaired.join(', ')}`, ...left]
    .filter(Boolean)
    .join('; ');
}

/** On a connection of its own: writing an archive takes long. One that is given up is begun again another time. */
function retainAll(services: Services, now: Date, stopped: AbortSignal): Promise<string> {
  const { url, timeZone, policies, archiveFolder } = services;
  const open = () => connect(url, { name: 'retention', max: 1, statementTimeoutMs: 600_000 });
  return onSession(open, stopped, async (session) => {
    const { tooOld } = await retain(session, { policies, archives: { url, folder: archiveFolder }, timeZone, now });
    const dropped = tooOld.filter(({ status }) => status === 'dropped').length;
    const kept = tooOld.length - dropped;
    const rest = `, kept ${kept} that ${kept === 1 ? 'is' : 'are'} old enough: npm run archive says why`;
    return `Dropped ${some(dropped, 'partition')}${kept > 0 ? rest : ''}.`;
  });
}

/** On a connection of its own: all viewers of four weeks are read. */
function countPairs({ url, timeZone }: Services, now: Date, stopped: AbortSignal): Promise<string> {
  const open = () => connect(url, { name: 'also-watched', max: 1, statementTimeoutMs: 600_000, workingMemoryMib: 64 });
  return onSession(open, stopped, async (session) => {
    const pairs = await countAlsoWatched(session, dateAt(now, nameOf(timeZone)), now);
    return `Found ${some(pairs, 'pair')} of videos with the same viewers.`;
  });
}

/** Does `work` on a client of its own, which ends with it, or as soon as the task is stopped. */
async function onSession<T>(open: () => Sql, stopped: AbortSignal, work: (session: Sql) => Promise<T>): Promise<T> {
  stopped.throwIfAborted();
  const session = open();
  const end = () => void session.end({ timeout: 0 }).catch(() => {});
  stopped.addEventListener('abort', end, { once: true });
  try {
    return await work(session);
  } finally {
    stopped.removeEventListener('abort', end);
    await session.end({ timeout: 2 });
  }
}

function some(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
