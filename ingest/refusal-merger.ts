import type { Refusal } from './flush.ts';
import { OriginCap } from './origin-cap.ts';

/** Adds up refusals of one kind. Origins past the cap of a minute are put under "(other)". */
export class RefusalMerger {
  readonly #origins = new OriginCap();

  merge(refusals: Refusal[]): Refusal[] {
    const merged = new Map<string, Refusal>();
    for (const refusal of refusals) {
      const minute = Math.floor(refusal.receivedAt / 60_000);
      const origin = this.#origins.name(refusal.origin, refusal.receivedAt);
      const key = `${minute} ${refusal.reason} ${refusal.videoId} ${origin}`;
      const known = merged.get(key);
      if (known) known.views += refusal.views;
      else merged.set(key, { ...refusal, origin });
    }
    return [...merged.values()];
  }
}
