import type { ReactNode } from 'react';

/** What a frame shows where there is no video to show. */
export function Notice({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className="grid size-full place-content-center gap-1 p-4 text-center">
      <h1 className="text-balance font-semibold text-base">{title}</h1>
      <p className="text-balance text-[#a5a298]">{children}</p>
    </main>
  );
}
