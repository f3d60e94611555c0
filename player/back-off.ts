const firstMs = 1_000;
const longestMs = 60_000;

/**
 * Milliseconds to wait after the `failures`th failure in a row: doubling from one second to a minute, shortened
 * by up to a half so that a million players do not come back together; never less than the server's Retry-After.
 */
export function backOffMs(failures: number, retryAfterSeconds: number, random: number): number {
  const doubled = Math.min(longestMs, firstMs * 2 ** (failures - 1));
  return Math.max(doubled * (1 - random / 2), retryAfterSeconds * 1_000 * (1 + random / 2));
}
