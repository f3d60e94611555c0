'use client';

import { useId, useState } from 'react';
import { Snippet } from '#components/snippet.tsx';
import type { Snippet as OneSnippet } from '#videos/snippets.ts';

/** One snippet at a time. A native list of choices: ten tabs would not stand side by side on a phone. */
export function SnippetPicker({ snippets }: { snippets: OneSnippet[] }) {
  const id = useId();
  const [kind, setKind] = useState(snippets[0]?.kind);
  const chosen = snippets.find((snippet) => snippet.kind === kind) ?? snippets[0];
  if (!chosen) return null;
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <label htmlFor={id}>Where it plays</label>
        <select
          id={id}
          value={chosen.kind}
          onChange={({ target }) => setKind(snippets.find((snippet) => snippet.kind === target.value)?.kind)}
          className="h-10 min-w-0 rounded border border-edge bg-surface px-2 text-base sm:h-8 sm:text-sm"
        >
          {snippets.map((snippet) => (
            <option key={snippet.kind} value={snippet.kind}>
              {snippet.name}
            </option>
          ))}
        </select>
      </div>
      <Snippet name={chosen.name} code={chosen.code} />
      <p className="text-muted">{chosen.hint}</p>
    </>
  );
}
