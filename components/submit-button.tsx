'use client';

import type { ReactNode } from 'react';
import { useFormStatus } from 'react-dom';

const looks = {
  main: 'bg-people px-4 text-on-people',
  quiet: 'border border-edge px-3 hover:bg-hover',
  grave: 'border border-wrong px-3 text-wrong hover:bg-wrong-soft',
};

/** Sends its form, once at a time. */
export function SubmitButton({ look = 'main', children }: { look?: keyof typeof looks; children: ReactNode }) {
  const { pending } = useFormStatus();
  return (
    <button
      type="submit"
      aria-disabled={pending}
      onClick={(event) => pending && event.preventDefault()}
      className={`h-10 rounded aria-disabled:opacity-60 sm:h-9 ${looks[look]}`}
    >
      {children}
    </button>
  );
}
