import type { Refusal } from './flush.ts';

// A flood of refusals from made-up origins must not grow the screening table without bound.
const maxOriginsPerMinute = 200;

/** Adds up refusals of one kind. Origins past the first two hundred of a minute are put under "(other)". */
export class RefusalMerger {
  #minute = 0;
  readonly #origins = new Set<string>();

  merge(refusals: Refusal[]): Refusal[] {
    const merged = new Map<string, Refusal>();
    for (const refusal of refusals) {
      const minute = Math.floor(refusal.receivedAt / 60_000);
      const origin = this.#bounded(refusal.origin, minute);
      const key = `${minute} ${refusal.reason} ${refusal.videoId} ${origin}`;
      const known = merged.get(key);
      if (known) known.views += refusal.views;
      else merged.set(key, { ...refusal, origin });
    }
    return [...merged.values()];
  }

  #bounded(origin: string, minute: number): string {
    if (minute !== this.#minute) {
      this.#minute = minute;
      this.#origins.clear();
    }
    if (origin === '' || this.#origins.has(origin)) return origin;
    if (this.#origins.size >= maxOriginsPerMinute) return '(other)';
    this.#origins.add(origin);
    return origin;
  }
}
