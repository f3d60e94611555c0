import type { Metadata } from 'next';
import { permit } from '#app/permit.ts';
import { CurrentStamp } from '#components/current-stamp.tsx';
import { counted, exact } from '#components/number-text.ts';
import { PageHeader } from '#components/page-header.tsx';
import { Panel } from '#components/panel.tsx';
import { instantText } from '#components/time-text.ts';
import { pipeline } from '#reports/pipeline.ts';
import { lastRuns, latestRuns } from '#reports/task-runs.ts';
import { runtime } from '#runtime.ts';
import { LaneTable, PartitionTable } from './pipeline-tables.tsx';
import { RunTable, TaskTable } from './task-tables.tsx';

export const metadata: Metadata = { title: 'System' };

const runsShown = 50;

export default async function SystemPage() {
  await permit('installation:operate');
  const { db, timeZone, ingest, tasks } = runtime();
  const now = new Date();
  const [state, last, runs] = await Promise.all([pipeline(db), lastRuns(db), latestRuns(db, runsShown)]);
  const { queuedViews, queuedBytes, flushes, lastFlushMs } = ingest.recorder.stats();
  return (
    <>
      <PageHeader title="System" />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-10">
        <Panel title="Pipeline" height="h-48">
          <p className="mb-4 max-w-prose text-muted">
            In the queue of this process: {counted(queuedViews, 'view', 'views')} (
            {exact(Math.ceil(queuedBytes / 1024))} KiB). {counted(flushes, 'flush', 'flushes')} since it started
            {lastFlushMs !== null && `, the last of ${lastFlushMs.toFixed(1)} ms`}.
          </p>
          <LaneTable lanes={state.lanes} timeZone={timeZone} />
          <CurrentStamp now={now} />
        </Panel>
        <Panel title="Periodic tasks" height="h-48">
          <TaskTable tasks={tasks} last={last} timeZone={timeZone} />
        </Panel>
        <Panel title="Latest runs" height="h-96">
          <RunTable runs={runs} timeZone={timeZone} />
        </Panel>
        <Panel title="Partitions" height="h-64">
          <PartitionTable partitions={state.partitions} />
          <p className="mt-2 text-muted text-xs">Read at {instantText(now, 'second', timeZone)}.</p>
        </Panel>
      </div>
    </>
  );
}
