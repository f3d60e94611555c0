// Truncated, not rounded: 999,999 people are not a million yet.
const format = new Intl.NumberFormat('en', {
  notation: 'compact',
  maximumSignificantDigits: 3,
  roundingMode: 'trunc',
} as Intl.NumberFormatOptions);

/** A count in at most three digits: 950, 1.23K, 45.6K, 1.24M. */
export function compactNumber(count: number): string {
  return format.format(count);
}
