import type { ReactNode } from 'react';

/** A black frame, filled to its edges, in either theme. */
export default function EmbedLayout({ children }: { children: ReactNode }) {
  return <div className="fixed inset-0 bg-black text-ink scheme-dark">{children}</div>;
}
