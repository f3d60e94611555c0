'use client';

import { useId } from 'react';

type Props = { value: string; onChange: (value: string) => void; hint?: string };

const known = ['YouTube Studio', 'Vimeo', 'Wistia', 'Twitch', 'Matomo', 'Google Analytics'];

/** Which product counted. */
export function SourceField({ value, onChange, hint }: Props) {
  const id = useId();
  return (
    <div className="grid gap-1">
      <label htmlFor={id} className="font-medium">
        Counted by
      </label>
      <input
        id={id}
        name="source"
        list={`${id}-known`}
        maxLength={100}
        value={value}
        onChange={({ target }) => onChange(target.value)}
        aria-describedby={hint && `${id}-hint`}
        placeholder="YouTube Studio"
        autoComplete="off"
        className="h-10 w-full min-w-0 rounded border border-edge bg-surface px-2 text-base sm:h-9 sm:text-sm"
      />
      <datalist id={`${id}-known`}>
        {known.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      {hint && (
        <p id={`${id}-hint`} className="text-muted text-xs">
          {hint}
        </p>
      )}
    </div>
  );
}
