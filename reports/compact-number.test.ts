import { expect, test } from 'vitest';
import { compactNumber } from './compact-number.ts';

test.each([
  [0, '0'],
  [950, '950'],
  [999, '999'],
  [1_000, '1K'],
  [1_234, '1.23K'],
  [45_678, '45.6K'],
  [999_999, '999K'],
  [1_000_000, '1M'],
  [1_240_000, '1.24M'],
  [2_147_483_648, '2.14B'],
])('%i is told in three digits that were reached: %s', (count, text) => {
  expect(compactNumber(count)).toBe(text);
});
