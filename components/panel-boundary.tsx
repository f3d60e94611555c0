'use client';

import { catchError, type ErrorInfo } from 'next/error';

function Failed({ title, height }: { title: string; height: string }, { retry }: ErrorInfo) {
  return (
    <div role="alert" className={`grid place-content-center border border-rule px-4 text-center ${height}`}>
      <p className="font-medium">{title} could not be read just now.</p>
      <p className="text-muted">No view is lost by it: recording does not need this page.</p>
      <p className="mt-2">
        <button type="button" onClick={() => retry()} className="rounded border border-edge px-3 py-1 hover:bg-hover">
          Try again
        </button>
      </p>
    </div>
  );
}

/** Keeps one panel's failure from taking the page with it. */
export const PanelBoundary = catchError(Failed);
