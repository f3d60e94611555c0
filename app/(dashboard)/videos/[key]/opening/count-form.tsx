'use client';

import { useActionState, useState } from 'react';
import { SourceField } from '../../../opening/source-field.tsx';
import { type CountState, enterCount } from './enter-count.ts';

type Props = {
  video: string;
  /** The last day whose count may be entered. */
  lastDay: string;
};

const box = 'h-10 w-full min-w-0 rounded border border-edge bg-surface px-2 text-base sm:h-9 sm:text-sm';

/** One count of a video; what was typed stays until it is entered. */
export function CountForm({ video, lastDay }: Props) {
  const [state, send, isSending] = useActionState(answer, {});
  const [views, setViews] = useState('');
  const [source, setSource] = useState('');
  const [day, setDay] = useState('');

  async function answer(before: CountState, form: FormData): Promise<CountState> {
    const next = await enterCount(before, form);
    if (next.isEntered) setViews('');
    return next;
  }

  return (
    <form action={send} className="grid max-w-xl gap-4">
      <input type="hidden" name="video" value={video} />
      <label className="grid gap-1">
        <span className="font-medium">Views</span>
        <input
          name="views"
          inputMode="numeric"
          required
          autoComplete="off"
          value={views}
          onChange={({ target }) => setViews(target.value)}
          className={box}
        />
      </label>
      <SourceField value={source} onChange={setSource} />
      <label className="grid gap-1">
        <span className="font-medium">Only of the day</span>
        <input
          type="date"
          name="day"
          max={lastDay}
          value={day}
          onChange={({ target }) => setDay(target.value)}
          aria-describedby="day-hint"
          className={box}
        />
        <span id="day-hint" className="text-muted text-xs">
          Left empty, the count is of all the time before Boxoffice.
        </span>
      </label>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <button
          type="submit"
          disabled={isSending}
          className="h-10 rounded bg-people px-4 text-on-people disabled:opacity-60 sm:h-9"
        >
          {isSending ? 'One moment…' : 'Enter'}
        </button>
        <p role="status" className={`min-w-0 ${state.isWrong ? 'text-wrong' : 'text-muted'}`}>
          {state.said}
        </p>
      </div>
    </form>
  );
}
