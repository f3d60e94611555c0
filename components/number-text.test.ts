import { expect, test } from 'vitest';
import { change, counted, percent } from './number-text.ts';

const plain = (text: string | undefined) => text?.replaceAll('\u00a0', ' ');

test('a share has one decimal below ten and never reads 0 when it is not', () => {
  expect(plain(percent(288, 12_633))).toBe('2.3 %');
  expect(plain(percent(1, 2))).toBe('50 %');
  expect(plain(percent(1, 1_000_000))).toBe('< 0.1 %');
  expect(plain(percent(0, 7))).toBe('0 %');
  expect(plain(percent(0, 0))).toBe('0 %');
});

test('a change says its direction, and nothing where there is nothing to compare with', () => {
  expect(plain(change(112, 100))).toBe('+12 %');
  expect(plain(change(95, 100))).toBe('−5.0 %');
  expect(plain(change(100, 100))).toBe('±0 %');
  expect(change(5, 0)).toBeUndefined();
});

test('one is singular', () => {
  expect(counted(1, 'view', 'views')).toBe('1 view');
  expect(counted(1_234, 'view', 'views')).toBe('1,234 views');
});
