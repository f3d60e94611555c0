import type { ReactNode } from 'react';

/** A black frame, filled to its edges, whatever the theme: so its colours are none of the tokens. */
export default function EmbedLayout({ children }: { children: ReactNode }) {
  return <div className="fixed inset-0 bg-[black] text-[#ecebe5]">{children}</div>;
}
