'use client';

import { type ReactNode, useState } from 'react';

type Props = {
  /** Of what: "minutes", "days". */
  name: string;
  /** Closed, it is there for screen readers only. */
  table: (isOpen: boolean) => ReactNode;
  children: ReactNode;
};

/** The same numbers as a table: one click away, and always there for screen readers. */
export function TableToggle({ name, table, children }: Props) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <div className="mt-2 flex flex-wrap items-center gap-x-4 gap-y-1">
        {children}
        <button
          type="button"
          aria-pressed={isOpen}
          onClick={() => setOpen(!isOpen)}
          className="ml-auto rounded px-2 text-muted text-xs leading-6 underline decoration-rule underline-offset-4 hover:text-ink"
        >
          {isOpen ? 'Hide' : 'Show'} the table of {name}
        </button>
      </div>
      {isOpen ? (
        <section
          aria-label={`Table of ${name}`}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
          tabIndex={0}
          className="mt-2 max-h-96 overflow-y-auto border-rule border-y"
        >
          {table(isOpen)}
        </section>
      ) : (
        <div className="sr-only">{table(isOpen)}</div>
      )}
    </>
  );
}
