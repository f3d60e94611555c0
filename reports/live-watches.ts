// What ends a stream before its client leaves: the account of its reader changed, or its video. The client comes back, and who comes
// is asked anew.

/** Of one stream, opened before it is asked who reads it, so that no change in between is missed. */
export type Watch = {
  /** Calls `onChange` once when one of the names changes; at once if it did since the watch was opened. */
  over(names: readonly string[], onChange: () => void): void;
  close(): void;
};

export type Watches = {
  open(): Watch;
  /** Says that something changed; without a name, that anything may have. */
  note(name?: string): void;
};

export function openWatches(): Watches {
  const notes = new Set<(name?: string) => void>();

  function open(): Watch {
    const early = new Set<string | undefined>();
    let watched: { names: readonly string[]; onChange: () => void } | undefined;
    function note(name?: string): void {
      if (!watched) early.add(name);
      else if ((name === undefined || watched.names.includes(name)) && notes.delete(note)) watched.onChange();
    }
    notes.add(note);
    return {
      over(names, onChange) {
        watched = { names, onChange };
        for (const name of early) note(name);
        early.clear();
      },
      close: () => void notes.delete(note),
    };
  }

  return {
    open,
    note(name) {
      for (const note of [...notes]) note(name);
    },
  };
}

export const watchedUser = (id: string): string => `user ${id}`;
export const watchedVideo = (key: string): string => `video ${key}`;
/** Whoever reads without an account: until there is one, or by the operator's leave. */
export const watchedGuests = 'guests';
