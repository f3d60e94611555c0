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
    found.setItem(`${prefix}probe`, '');
    found.removeItem(`${prefix}probe`);
    return found;
  });
  return {
    get: (name) => memory.get(name) ?? attempt(() => storage?.getItem(prefix + name)) ?? null,
    set(name, value) {
      memory.set(name, value);
      // Where the storage is full, the value lives as long as the page.
      attempt(() => {
        storage?.setItem(prefix + name, value);
        if (storage) memory.delete(name);
      });
    },
    remove(name) {
      memory.delete(name);
      attempt(() => storage?.removeItem(prefix + name));
    },
    names: () => [...memory.keys(), ...(attempt(() => storedNames(storage)) ?? [])],
    isLasting: storage !== undefined,
  };
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
