'use client';

import { type FormEvent, useState } from 'react';
import { Command } from '#components/command.tsx';
import { counted, exact } from '#components/number-text.ts';
import { daysToProve, proveDayNow } from './prove-day.ts';

type Progress = { days: number; done: number; views: number; startedAt: number; differing: string[] };

/** Proves a range day by day, with a rate and the time that is left. */
export function ProofOnDemand({ today, isOperator }: { today: string; isOperator: boolean }) {
  const [progress, setProgress] = useState<Progress | undefined>();
  const [failure, setFailure] = useState<string | undefined>();
  const [isRunning, setRunning] = useState(false);

  async function prove(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setRunning(true);
    setFailure(undefined);
    try {
      const days = await daysToProve(String(form.get('from')), String(form.get('to')));
      let now: Progress = { days: days.length, done: 0, views: 0, startedAt: Date.now(), differing: [] };
      setProgress(now);
      for (const day of days) {
        const proved = await proveDayNow(day);
        if (proved.status === 'not_proved') return setFailure(proved.message);
        const differing = proved.differingBuckets > 0 ? [...now.differing, day] : now.differing;
        now = { ...now, done: now.done + 1, views: now.views + proved.logViews, differing };
        setProgress(now);
      }
    } catch {
      setFailure('The server did not answer. Nothing was changed: try again.');
    } finally {
      setRunning(false);
    }
  }

  const field = 'h-9 rounded border border-edge bg-surface px-2';
  return (
    <form onSubmit={prove} className="flex flex-wrap items-center gap-x-4 gap-y-3">
      <label className="flex items-center gap-2">
        From <input type="date" name="from" required max={today} defaultValue={today} className={field} />
      </label>
      <label className="flex items-center gap-2">
        to <input type="date" name="to" required max={today} defaultValue={today} className={field} />
      </label>
      <button
        type="submit"
        disabled={isRunning}
        className="h-9 rounded bg-people px-4 text-on-people disabled:opacity-60"
      >
        {isRunning ? 'Counting…' : 'Count the log'}
      </button>
      <p role="status" className="basis-full text-muted">
        {failure ?? <Outcome progress={progress} isRunning={isRunning} isOperator={isOperator} />}
      </p>
    </form>
  );
}

type OutcomeProps = { progress: Progress | undefined; isRunning: boolean; isOperator: boolean };

function Outcome({ progress, isRunning, isOperator }: OutcomeProps) {
  if (progress === undefined) return 'Compares every aggregate with the log; nothing is changed.';
  if (progress.days === 0) return 'None of these days has a log: nothing was recorded, or it was archived.';
  const seconds = (Date.now() - progress.startedAt) / 1_000;
  const left = Math.ceil((seconds / Math.max(progress.done, 1)) * (progress.days - progress.done));
  const state = `${progress.done} of ${counted(progress.days, 'day', 'days')}, ${exact(progress.views)} views`;
  if (isRunning) return `${state}${progress.done > 0 ? `, ${left} s left` : ''}`;
  if (progress.differing.length === 0) return `${state}: 0 differences`;
  return (
    <span className="text-wrong">
      {state}: {progress.differing.join(', ')} {progress.differing.length === 1 ? 'differs' : 'differ'}. The next
      night’s close repairs what differs
      {isOperator && (
        <>
          , or now <Command>{`npm run close -- --day ${progress.differing[0]}`}</Command>
        </>
      )}
      .
    </span>
  );
}
