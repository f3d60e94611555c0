'use client';

import { useActionState } from 'react';
import { type Field, FormField } from './form-field.tsx';
import { type FormAction, problemOf } from './form-state.ts';

type Props = {
  action: FormAction;
  fields?: Field[];
  /** What the button does. */
  submit: string;
  /** Of what cannot be undone. */
  isGrave?: boolean;
  /** More about which row it is, for those who hear the button alone. */
  about?: string;
  /** Stands on one line, as in a list. */
  isSmall?: boolean;
};

/** A form that a server action answers: what happened in words, what is wrong beside its field. Works without scripts too. */
export function ActionForm({ action, fields = [], submit, isGrave = false, about, isSmall = false }: Props) {
  const [state, send, isSending] = useActionState(action, {});
  const plain = isGrave ? 'border-wrong text-wrong' : 'border-edge';
  const chief = isGrave ? 'border-wrong bg-wrong-soft text-wrong' : 'border-people bg-people text-on-people';
  return (
    <form action={send} noValidate className={isSmall ? 'flex flex-wrap items-center gap-x-3' : 'grid max-w-xl gap-4'}>
      {fields.map((field) => (
        <FormField
          key={field.name}
          {...field}
          defaultValue={state.given?.[field.name ?? ''] ?? field.defaultValue}
          problem={problemOf(state, field)}
        />
      ))}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <button
          type="submit"
          disabled={isSending}
          className={`rounded border disabled:opacity-60 ${isSmall ? `px-2 text-xs leading-6 hover:bg-hover ${plain}` : `h-10 px-4 sm:h-9 ${chief}`}`}
        >
          {isSending ? 'One moment…' : submit}
          {about && <span className="sr-only"> {about}</span>}
        </button>
        <p role="status" className={state.isWrong ? 'text-wrong' : 'text-muted'}>
          {isSending ? '' : state.said}
        </p>
      </div>
    </form>
  );
}
