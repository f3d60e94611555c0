'use client';

import { type FormEvent, useActionState, useState } from 'react';
import { sendSheet } from './send-sheet.ts';
import { SheetOutcome } from './sheet-outcome.tsx';
import { maxSheetBytes } from './sheet-state.ts';

const box = 'w-full min-w-0 rounded border border-edge bg-surface px-2 py-1';
const button = 'h-10 rounded border px-4 disabled:opacity-60 sm:h-9';

/** A sheet is chosen or pasted, then shown what it would do, then done. */
export function SheetForm() {
  const [state, send, isSending] = useActionState(sendSheet, {});
  const [text, setText] = useState('');
  const [tooLong, setTooLong] = useState(false);

  function check(event: FormEvent<HTMLFormElement>): void {
    const isTooLong = new Blob([text]).size > maxSheetBytes;
    setTooLong(isTooLong);
    if (isTooLong) event.preventDefault();
  }

  return (
    <>
      <form action={send} onSubmit={check} className="grid gap-4">
        <label className="grid max-w-xl gap-1">
          <span className="font-medium">File</span>
          <input
            type="file"
            accept=".csv,text/csv,text/plain"
            onChange={async ({ target }) => setText((await target.files?.[0]?.text()) ?? '')}
            className={box}
          />
        </label>
        <label className="grid gap-1">
          <span className="font-medium">Sheet</span>
          <textarea
            name="text"
            rows={8}
            required
            spellCheck={false}
            value={text}
            onChange={({ target }) => setText(target.value)}
            placeholder={'key,channel,title\nfirst-light,harbour,First light'}
            className={`${box} font-mono`}
          />
        </label>
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <button type="submit" disabled={isSending} className={`${button} border-edge hover:bg-hover`}>
            {isSending ? 'One moment…' : 'Show what would happen'}
          </button>
          <p role="status" className={state.isWrong || tooLong ? 'text-wrong' : 'text-muted'}>
            {tooLong ? 'It has more than 60 KB: send it in parts.' : isSending ? '' : state.said}
          </p>
        </div>
      </form>
      {state.plan && state.text === withNewlines(text) && (
        <SheetOutcome plan={state.plan}>
          {state.plan.agreement && (
            <form action={send} className="grid gap-4">
              <input type="hidden" name="do" value="apply" />
              <input type="hidden" name="text" value={text} />
              <input type="hidden" name="agreement" value={state.plan.agreement} />
              {state.plan.confirmation && (
                <label className="grid max-w-xl gap-1">
                  <span>
                    Deleted views count for nobody any more, and that cannot be undone. Type{' '}
                    <strong>{state.plan.confirmation}</strong> to say that you mean it.
                  </span>
                  <input name="confirmation" autoComplete="off" className={`${box} h-10 sm:h-9`} />
                </label>
              )}
              <button
                type="submit"
                disabled={isSending}
                className={`${button} justify-self-start border-people bg-people text-on-people`}
              >
                Do all of it
              </button>
            </form>
          )}
        </SheetOutcome>
      )}
    </>
  );
}

/** As the server has it: forms send the ends of lines as two characters. */
function withNewlines(text: string): string {
  return text.replaceAll('\r\n', '\n');
}
