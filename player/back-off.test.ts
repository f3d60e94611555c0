import { expect, test } from 'vitest';
import { backOffMs } from './back-off.ts';

test('waits double from one second to a minute', () => {
  expect([1, 2, 3, 6, 7, 50].map((failures) => backOffMs(failures, 0, 0))).toEqual([
    1_000, 2_000, 4_000, 32_000, 60_000, 60_000,
  ]);
});

test('chance shortens a wait by up to a half', () => {
  expect(backOffMs(3, 0, 1)).toBe(2_000);
});

test('a wait is never shorter than the server asked for', () => {
  expect(backOffMs(1, 30, 0)).toBe(30_000);
  expect(backOffMs(1, 30, 0.5)).toBe(37_500);
  expect(backOffMs(9, 30, 0)).toBe(60_000);
});
