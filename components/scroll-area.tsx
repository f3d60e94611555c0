import type { ReactNode } from 'react';

/** Around a wide table: it scrolls sideways, by the keyboard too, and a shadow stands at the edge where it goes on. */
export function ScrollArea({ name, children }: { name: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: focus is how a keyboard scrolls it
    <section aria-label={name} tabIndex={0} className="scroll-shadow relative overflow-x-auto">
      {children}
    </section>
  );
}
