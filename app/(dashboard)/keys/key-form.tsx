'use client';

import { useActionState } from 'react';
import { FormField } from '#components/form-field.tsx';
import { problemOf } from '#components/form-state.ts';
import { Snippet } from '#components/snippet.tsx';
import { Choices } from './choices.tsx';
import { makeKey } from './make-key.ts';

type Props = { scopes: string[]; channels: { handle: string; name: string }[]; base: string };

/** A key is made here, and shown here, once. */
export function KeyForm({ scopes, channels, base }: Props) {
  const [state, send, isSending] = useActionState(makeKey, {});
  const { made, problems = {}, given = {} } = state;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
      {made && (
        <section
          aria-label="The new key"
          className="grid max-w-3xl grid-cols-[minmax(0,1fr)] gap-3 border-people border-l-4 pl-4"
        >
          <p role="status">
            <strong>The key of {made.name} is made.</strong> It is shown this once: copy it now. Only its SHA-256 is
            kept.
          </p>
          <Snippet name="Key" code={made.key} />
          <Snippet name="Try it" code={curlOf(base, made.key)} />
          <p className="text-muted">
            Put the key of one of your videos in place of <code className="font-mono text-ink">VIDEO</code>. The view
            counts.
          </p>
        </section>
      )}
      <form action={send} noValidate className="grid max-w-xl gap-4">
        <FormField
          label="Name"
          name="name"
          required
          maxLength={200}
          hint="Whose it is, to be found in the list."
          defaultValue={given.name}
          problem={problemOf(state, { name: 'name', label: 'Name' })}
        />
        <Choices
          name="scopes"
          label="May do"
          hint="views:write: views and opening balances. reports:read, for every channel: /metrics. The others are asked for nowhere yet."
          choices={scopes.map((scope) => ({ value: scope, name: scope }))}
          chosen={given.scopes ?? 'views:write'}
          problem={problems.scopes}
        />
        <Choices
          name="channels"
          label="Channels"
          hint="None ticked: every channel, also those made later."
          choices={channels.map(({ handle, name }) => ({ value: handle, name }))}
          chosen={given.channels}
          problem={problems.channels}
        />
        <FormField
          label="Expires"
          name="expires"
          type="date"
          hint="From the beginning of that day, UTC; never unless told."
          defaultValue={given.expires}
          problem={problemOf(state, { name: 'expires', label: 'Expires' })}
        />
        <div className="flex flex-wrap items-center gap-4">
          <button
            type="submit"
            disabled={isSending}
            className="h-10 rounded border border-people bg-people px-4 text-on-people disabled:opacity-60 sm:h-9"
          >
            {isSending ? 'One moment…' : 'Make the key'}
          </button>
          <p role="status" className="text-wrong">
            {isSending ? '' : state.said}
          </p>
        </div>
      </form>
    </div>
  );
}

function curlOf(base: string, key: string): string {
  return `curl '${base}/api/views' \\
  -H 'authorization: Bearer ${key}' \\
  -H 'content-type: application/json' \\
  -d '[{ "video": "VIDEO", "viewedAt": "${new Date().toISOString().slice(0, 19)}Z", "clientAddress": "198.51.100.7",
        "userAgent": "Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0" }]'`;
}
