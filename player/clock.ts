// A device's clock may be hours wrong. What the server said about it is remembered as an offset in milliseconds.
import type { Store } from './store.ts';

export type Clock = {
  /** The device's own time in milliseconds since the epoch. */
  now(): number;
  /** To be added to the device's time; 0 until a server has objected. */
  offset(): number;
  remember(offset: number): void;
};

export function openClock(now: () => number, store: Store): Clock {
  return {
    now,
    // Read anew each time: another tab may have learnt it.
    offset: () => Number(store.get('clock')) || 0,
    remember: (offset) => store.set('clock', String(offset)),
  };
}

/** How far the device's clock is behind a server that read `serverTime` half-way between our sending and its answer. */
export function measureOffset(serverTime: number, sentAt: number, answeredAt: number): number {
  return Math.round(serverTime - (sentAt + answeredAt) / 2);
}
