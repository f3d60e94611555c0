import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countTicks } from './count-ticks.ts';

test.each([
  [0, [0, 1]],
  [1, [0, 1]],
  [3, [0, 1, 2, 3]],
  [28, [0, 10, 20, 30]],
  [87, [0, 50, 100]],
  [26_400, [0, 10_000, 20_000, 30_000]],
])('%i is read against round numbers', (highest, ticks) => {
  expect(countTicks(highest)).toEqual(ticks);
});

test('there are at most five ticks, from zero to at least the highest value', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1_000_000_000 }), (highest) => {
      const ticks = countTicks(highest);
      expect(ticks.length).toBeLessThanOrEqual(5);
      expect(ticks[0]).toBe(0);
      expect(ticks.at(-1)).toBeGreaterThanOrEqual(highest);
    }),
  );
});
