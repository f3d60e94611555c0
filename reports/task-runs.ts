import { sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';

export type TaskRun = {
  id: number;
  task: string;
  /** ISO text. */
  startedAt: string;
  /** Null while it runs, or when it was killed. */
  durationMs: number | null;
  result: string | null;
  error: string | null;
};

/** The latest runs of all tasks, newest first. */
export async function latestRuns(db: Db, limit: number): Promise<TaskRun[]> {
  return db.execute<TaskRun>(sql`
    select id::float8 as id, task, to_char(started_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "startedAt",
      duration_ms as "durationMs", result, error
    from task_runs order by task_runs.id desc limit ${limit}`);
}

/** The last run of each task, by its name. */
export async function lastRuns(db: Db): Promise<Map<string, TaskRun>> {
  const rows = await db.execute<TaskRun>(sql`
    select distinct on (task) id::float8 as id, task, to_char(started_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "startedAt",
      duration_ms as "durationMs", result, error
    from task_runs order by task, task_runs.id desc`);
  return new Map(rows.map((run) => [run.task, run]));
}
