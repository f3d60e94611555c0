import type { ReactNode } from 'react';

/** A page that is only a message: what happened, what was not lost, what to do. */
export function Message({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="grid max-w-xl gap-3 py-12">
      <h1 className="font-semibold text-2xl leading-8 tracking-tight">{title}</h1>
      {children}
    </div>
  );
}
