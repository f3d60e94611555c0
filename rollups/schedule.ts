// Runs periodic tasks at their times in the reporting zone and writes down each run. What tasks there are, server.ts says.
import { Cron } from 'croner';
import type { Sql } from '#db/client.ts';

export type Task = {
  name: string;
  /** What it is for, in one sentence for the operator. */
  purpose: string;
  /** Minute, hour, day of month, month, day of week, in the reporting zone. */
  pattern: string;
  /** Resolves to what was done, in one sentence. Gives up soon after `stopped` is aborted. */
  run(now: Date, stopped: AbortSignal): Promise<string>;
};

export type Schedule = {
  /** Settles when the tasks whose time was missed have run. */
  caughtUp: Promise<unknown>;
  stop(): Promise<void>;
};

type Options = { timeZone: string; clock: () => Date; onError: (task: string, error: unknown) => void };

/**
 * Starts the tasks: each one at its times, and once now if its last time was missed. One that fails is written down with
 * its error and runs again at its next time; it never runs beside itself.
 */
export function startSchedule(sql: Sql, tasks: Task[], { timeZone, clock, onError }: Options): Schedule {
  const running = new Set<Promise<void>>();
  const stopping = new AbortController();
  const run = async (task: Task) => {
    const work = runTask(sql, task, { clock, onError, stopped: stopping.signal });
    running.add(work);
    await work;
    running.delete(work);
  };
  const jobs = tasks.map((task) => new Cron(task.pattern, { timezone: timeZone, protect: true }, () => run(task)));
  const caughtUp = Promise.all(
    tasks.map(async (task, i) => {
      const isMissed = await wasMissed(sql, task, timeZone, clock()).catch(() => true);
      if (isMissed && !stopping.signal.aborted) await jobs[i]?.trigger();
    }),
  );
  return {
    caughtUp,
    async stop() {
      stopping.abort();
      for (const job of jobs) job.stop();
      await caughtUp;
      await Promise.all(running);
    },
  };
}

const brokenOff = 'The server stopped meanwhile; the task runs again at its next start.';

/** Runs a task now. Its run is written down whatever becomes of it; a failure is reported, not thrown. */
export async function runTask(
  sql: Sql,
  { name, run }: Task,
  { clock, onError, stopped }: Omit<Options, 'timeZone'> & { stopped: AbortSignal },
): Promise<void> {
  const startedAt = clock();
  const from = performance.now();
  try {
    const [row] = await sql<[{ id: string }]>`
      insert into task_runs (task, started_at) values (${name}, ${startedAt.toISOString()}::text::timestamptz) returning id::text as id`;
    const outcome = await run(startedAt, stopped).then(
      (result) => ({ result, error: null }),
      (error: Error) => ({ result: null, error: stopped.aborted ? null : error }),
    );
    const problem = outcome.result === null ? (outcome.error?.message ?? brokenOff) : null;
    await sql`
      update task_runs
      set duration_ms = ${Math.round(performance.now() - from)}, result = ${outcome.result}, error = ${problem}
      where id = ${row.id}`;
    if (outcome.error) onError(name, outcome.error);
  } catch (error) {
    // The database itself is away: there is nowhere to write it down.
    if (!stopped.aborted) onError(name, error);
  }
}

/** Whether the task has not run since it should have last: the server was down, or has never been up. */
async function wasMissed(sql: Sql, { name, pattern }: Task, timeZone: string, now: Date): Promise<boolean> {
  const [due] = new Cron(pattern, { timezone: timeZone, paused: true }).previousRuns(1, now);
  const [last] = await sql<[{ ms: number | null }]>`
    select (extract(epoch from max(started_at)) * 1000)::float8 as ms from task_runs where task = ${name} and result is not null`;
  return last.ms === null || (due !== undefined && last.ms < due.getTime());
}

/** Forgets runs of over 30 days ago; returns how many. */
export async function forgetOldRuns(sql: Sql, now: Date): Promise<number> {
  const gone = await sql`
    delete from task_runs where started_at < ${now.toISOString()}::text::timestamptz - interval '30 days'`;
  return gone.count;
}
