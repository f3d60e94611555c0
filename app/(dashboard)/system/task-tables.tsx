import { exact } from '#components/number-text.ts';
import { instantText } from '#components/time-text.ts';
import type { TaskRun } from '#reports/task-runs.ts';

type ListedTask = { name: string; purpose: string; pattern: string };

/** What runs by itself in this process, and how its last run went. */
export function TaskTable({
  tasks,
  last,
  timeZone,
}: {
  tasks: ListedTask[];
  last: Map<string, TaskRun>;
  timeZone: string;
}) {
  return (
    <ul className="grid gap-3">
      {tasks.map(({ name, purpose, pattern }) => (
        <li key={name} className="border-rule border-t pt-2">
          <p>
            <span className="font-medium normal-nums">{name}</span> <span className="text-muted">{purpose}</span>
          </p>
          <p className="text-muted text-xs leading-5">
            at <code className="font-mono">{pattern}</code> · <Outcome run={last.get(name)} timeZone={timeZone} />
          </p>
        </li>
      ))}
    </ul>
  );
}

/** Runs, the latest first. */
export function RunTable({ runs, timeZone }: { runs: TaskRun[]; timeZone: string }) {
  if (runs.length === 0) return <p className="text-muted">No task has run yet.</p>;
  return (
    <ol className="grid gap-1">
      {runs.map((run) => (
        <li key={run.id} className="flex flex-wrap gap-x-3 border-rule border-t pt-1">
          <span className="font-medium normal-nums">{run.task}</span>
          <span className="text-muted">
            <Outcome run={run} timeZone={timeZone} />
          </span>
        </li>
      ))}
    </ol>
  );
}

function Outcome({ run, timeZone }: { run: TaskRun | undefined; timeZone: string }) {
  if (!run) return 'has not run yet';
  const at = instantText(run.startedAt, 'hourOfDay', timeZone);
  if (run.durationMs === null) return `${at}: is running, or was killed`;
  if (run.error !== null) {
    return (
      <>
        {at}:{' '}
        <span className="text-wrong">
          failed after {exact(run.durationMs)} ms: {run.error}
        </span>
      </>
    );
  }
  return `${at}: ${run.result} (${exact(run.durationMs)} ms)`;
}
