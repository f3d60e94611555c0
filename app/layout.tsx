import '@fontsource-variable/inter';
import './globals.css';
import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';

export const metadata: Metadata = {
  title: { default: 'Boxoffice', template: '%s · Boxoffice' },
  description: 'Audience measurement for video.',
  robots: { index: false },
};

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#fbfaf7' },
    { media: '(prefers-color-scheme: dark)', color: '#131412' },
  ],
};

/** Bare, because the embedded player shares it; the rail belongs to the dashboard. */
export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    // The theme is set on <html> before React wakes up.
    <html lang="en" suppressHydrationWarning>
      <body>{children}</body>
    </html>
  );
}
