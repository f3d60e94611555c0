'use client';

import { ThemeProvider } from 'next-themes';
import type { ReactNode } from 'react';

// The script that sets the theme before the first paint runs from the server's HTML only; React warns about any other.
const scriptProps = { type: typeof window === 'undefined' ? 'text/javascript' : 'text/plain' };

/** Light, dark or as the system, kept in the browser. The colours themselves are in globals.css. */
export function Theme({ nonce, children }: { nonce: string | undefined; children: ReactNode }) {
  return (
    <ThemeProvider
      attribute="data-theme"
      enableColorScheme={false}
      disableTransitionOnChange
      scriptProps={scriptProps}
      nonce={nonce}
    >
      {children}
    </ThemeProvider>
  );
}
