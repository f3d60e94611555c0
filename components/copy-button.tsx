'use client';

import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';

/** Copies `text` and says that it did. */
export function CopyButton({ text, name }: { text: string; name: string }) {
  const [outcome, setOutcome] = useState<'copied' | 'refused'>();
  useEffect(() => {
    const timer = outcome && setTimeout(() => setOutcome(undefined), 2_000);
    return () => clearTimeout(timer);
  }, [outcome]);
  const Icon = outcome === 'copied' ? Check : Copy;
  return (
    <button
      type="button"
      onClick={async () => setOutcome(await copied(text))}
      className="inline-flex shrink-0 items-center gap-1.5 rounded border border-edge px-2 text-xs leading-6 hover:bg-hover"
    >
      <Icon className="size-3.5" aria-hidden="true" />
      <span aria-live="polite">{outcome === 'copied' ? 'Copied' : outcome ? 'Select it and copy' : 'Copy'}</span>
      <span className="sr-only"> {name}</span>
    </button>
  );
}

/** Browsers refuse without permission, and have no clipboard at all on a plain-http page of another machine. */
async function copied(text: string): Promise<'copied' | 'refused'> {
  try {
    await navigator.clipboard.writeText(text);
    return 'copied';
  } catch {
    return 'refused';
  }
}
