import { LRUCache } from 'lru-cache';

type Bucket = { tokens: number; filledAt: number };

// Beyond this many addresses the longest silent one is forgotten, which only gives it a full bucket again.
const maxAddresses = 100_000;

/**
 * A token bucket per client address: `perSecond` requests a second, and as many at once; 0 turns it off.
 * The returned function takes an address and the time in milliseconds, and gives the seconds to wait, 0 for go.
 */
export function rateLimit(perSecond: number): (address: string, now: number) => number {
  if (perSecond === 0) return () => 0;
  const buckets = new LRUCache<string, Bucket>({ max: maxAddresses });
  return (address, now) => {
    const bucket = buckets.get(address) ?? { tokens: perSecond, filledAt: now };
    const gained = (Math.max(0, now - bucket.filledAt) / 1_000) * perSecond;
    bucket.tokens = Math.min(perSecond, bucket.tokens + gained);
    bucket.filledAt = now;
    buckets.set(address, bucket);
    if (bucket.tokens < 1) return Math.ceil((1 - bucket.tokens) / perSecond);
    bucket.tokens -= 1;
    return 0;
  };
}
