/** What outlives the page where the browser allows it, and is kept in memory where not. Never throws. */
export type Store = {
  get(name: string): string | null;
  set(name: string, value: string): void;
  remove(name: string): void;
  names(): string[];
  /** Whether values are still there on the next page. */
  isLasting: boolean;
};

const prefix = 'boxoffice.';

/** Opens localStorage. `storageOf` may throw: so does the mere access in a sandboxed frame or without cookies. */
export function openStore(storageOf: () => Storage): Store {
  const memory = new Map<string, string>();
  const storage = attempt(() => {
    const found = storageOf();
    return keepsValues(found) ? found : undefined;
  });
  return {
    get: (name) => memory.get(name) ?? attempt(() => storage?.getItem(prefix + name)) ?? null,
    set(name, value) {
      memory.set(name, value);
      // Where the storage is full or does not do as told, the value lives as long as the page.
      attempt(() => {
        storage?.setItem(prefix + name, value);
        if (storage?.getItem(prefix + name) === value) memory.delete(name);
      });
    },
    remove(name) {
      memory.delete(name);
      attempt(() => storage?.removeItem(prefix + name));
    },
    names: () => [...new Set([...memory.keys(), ...(attempt(() => storedNames(storage)) ?? [])])],
    isLasting: storage !== undefined,
  };
}

/** Pages patch the storage so that it forgets in silence, or never forgets: it is believed only after a trial. */
function keepsValues(storage: Storage): boolean {
  const name = `${prefix}probe`;
  storage.setItem(name, name);
  const isKept = storage.getItem(name) === name;
  storage.removeItem(name);
  return isKept && storage.getItem(name) === null;
}

function storedNames(storage: Storage | undefined): string[] {
  return Object.keys(storage ?? {})
    .filter((key) => key.startsWith(prefix))
    .map((key) => key.slice(prefix.length));
}

function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
