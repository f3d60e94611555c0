/** A localStorage for tests, which two stores may share as two tabs do. */
export function fakeStorage(maxItems = Number.POSITIVE_INFINITY): Storage {
  const methods = {
    getItem(this: Record<string, string>, key: string) {
      return this[key] ?? null;
    },
    setItem(this: Record<string, string>, key: string, value: string) {
      if (!(key in this) && Object.keys(this).length >= maxItems) throw new DOMException('full', 'QuotaExceededError');
      this[key] = value;
    },
    removeItem(this: Record<string, string>, key: string) {
      delete this[key];
    },
  };
  return Object.create(methods) as Storage;
}

/** Does to one fake storage what a page does by `Storage.prototype.setItem = () => {}`. */
export function patchAway(storage: Storage, method: 'setItem' | 'removeItem'): void {
  Object.getPrototypeOf(storage)[method] = () => {};
}
