import type { ReactNode } from 'react';

export function Title({ children }: { children: ReactNode }) {
  return <h1 className="mb-6 text-balance font-semibold text-2xl leading-8 tracking-tight">{children}</h1>;
}
