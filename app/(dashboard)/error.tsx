'use client';

import { Message } from '#components/message.tsx';

export default function DashboardError({ error, retry }: { error: Error & { digest?: string }; retry: () => void }) {
  return (
    <Message title="This page could not be read">
      <p>
        The database did not answer, or answered something unexpected. Nothing was lost: recording runs apart from this
        page, and players keep what was not acknowledged and send it again.
      </p>
      <p>
        <button type="button" onClick={() => retry()} className="rounded border border-edge px-3 py-1 hover:bg-hover">
          Try again
        </button>
      </p>
      {error.digest && <p className="text-muted text-xs">The server’s log has the cause under {error.digest}.</p>}
    </Message>
  );
}
