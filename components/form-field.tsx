import { type ComponentProps, type ReactNode, useId } from 'react';

type Props = Omit<ComponentProps<'input'>, 'id' | 'className'> & {
  label: string;
  /** What to know before filling it in. */
  hint?: ReactNode;
  /** What is wrong with what was sent. */
  problem?: string | undefined;
};

/** A labelled input with its hint and, in words, what is wrong with it. */
export function FormField({ label, hint, problem, ...input }: Props) {
  const id = useId();
  const told = [hint && `${id}-hint`, problem && `${id}-problem`].filter(Boolean).join(' ');
  return (
    <div>
      <label htmlFor={id} className="mb-1 block font-medium">
        {label}
      </label>
      <input
        {...input}
        id={id}
        aria-invalid={problem ? true : undefined}
        aria-describedby={told || undefined}
        className="h-10 w-full min-w-0 rounded border border-edge bg-surface px-3 text-base read-only:text-muted aria-invalid:border-wrong sm:text-sm"
      />
      {hint && (
        <p id={`${id}-hint`} className="mt-1 text-muted text-xs leading-5">
          {hint}
        </p>
      )}
      {problem && (
        <p id={`${id}-problem`} role="alert" className="mt-1 text-wrong text-xs leading-5">
          {problem}
        </p>
      )}
    </div>
  );
}
