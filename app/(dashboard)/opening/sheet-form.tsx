'use client';

import { type ChangeEvent, useActionState, useState } from 'react';
import { FormField } from '#components/form-field.tsx';
import { counted } from '#components/number-text.ts';
import { enterSheet } from './enter-sheet.ts';
import type { SheetState } from './sheet-state.ts';
import { sourceField } from './source-field.ts';

const box = 'w-full min-w-0 rounded border border-edge bg-surface px-2 py-1';
const button = 'h-10 rounded border px-4 disabled:opacity-60 sm:h-9';
const shownProblems = 100;

/** A CSV file is chosen or pasted, then checked, then entered; what was pasted stays until it is entered. */
export function SheetForm() {
  const [state, send, isSending] = useActionState(answer, {});
  const [text, setText] = useState('');
  const [source, setSource] = useState('');

  async function answer(before: SheetState, form: FormData): Promise<SheetState> {
    const next = await enterSheet(before, form);
    if (next.isEntered) setText('');
    return next;
  }

  async function choose({ target }: ChangeEvent<HTMLInputElement>): Promise<void> {
    setText((await target.files?.[0]?.text()) ?? '');
  }

  return (
    <form action={send} className="grid max-w-xl gap-4">
      <label className="grid gap-1">
        <span className="font-medium">File</span>
        <input type="file" accept=".csv,text/csv,text/plain" onChange={choose} className={box} />
      </label>
      <label className="grid gap-1">
        <span className="font-medium">Lines</span>
        <textarea
          name="text"
          rows={8}
          spellCheck={false}
          value={text}
          onChange={({ target }) => setText(target.value)}
          placeholder={'video,views\nfirst-light,980000'}
          className={`${box} font-mono`}
        />
      </label>
      <FormField
        {...sourceField}
        value={source}
        onChange={({ target }) => setSource(target.value)}
        hint="The product that counted the views of all lines that name none in a column source. Empty: “another product”."
      />
      <div className="flex flex-wrap gap-3">
        <button
          type="submit"
          name="do"
          value="enter"
          disabled={isSending}
          className={`${button} border-people bg-people text-on-people`}
        >
          {isSending ? 'One moment…' : 'Enter all lines'}
        </button>
        <button
          type="submit"
          name="do"
          value="check"
          disabled={isSending}
          className={`${button} border-edge hover:bg-hover`}
        >
          Only check them
        </button>
      </div>
      <Outcome state={state} />
    </form>
  );
}

function Outcome({ state: { said, isWrong, problems = [] } }: { state: SheetState }) {
  const more = problems.length - shownProblems;
  return (
    <div role="status" className={isWrong ? 'text-wrong' : ''}>
      {said && <p>{said}</p>}
      {problems.length > 0 && (
        <ol className="mt-1 break-words">
          {problems.slice(0, shownProblems).map(({ line, problem }) => (
            <li key={line}>
              Line {line}: {problem}
            </li>
          ))}
          {more > 0 && <li>and {counted(more, 'line', 'lines')} more</li>}
        </ol>
      )}
    </div>
  );
}
