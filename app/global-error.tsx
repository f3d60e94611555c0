'use client';

import './globals.css';
import { Message } from '#components/message.tsx';

/** Stands in for the whole document when not even the frame could be drawn. */
export default function GlobalError({ retry }: { retry: () => void }) {
  return (
    <html lang="en">
      <body className="px-4">
        <title>Boxoffice</title>
        <Message title="Boxoffice could not draw this page">
          <p>Something failed before the page was ready. Recording runs apart from it, so no view was lost.</p>
          <p>
            <button type="button" onClick={() => retry()} className="rounded border border-edge px-3 py-1">
              Try again
            </button>
          </p>
        </Message>
      </body>
    </html>
  );
}
