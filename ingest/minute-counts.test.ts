import { expect, test } from 'vitest';
import { openMinuteCounts } from './minute-counts.ts';
import { openSeenIds } from './seen-ids.ts';
import { hashText } from './text-hash.ts';

const minute = 29_552_400;

test('each key has a count of its own in each minute', () => {
  const count = openMinuteCounts();
  const [ada, ben] = [hashText('ada', 7), hashText('ben', 7)];
  expect([1, 1, 0, 1].map((more) => count(ada, minute, more))).toEqual([1, 2, 2, 3]);
  expect(count(ben, minute, 1)).toBe(1);
  expect(count(hashText('ada', 8), minute, 1)).toBe(1);
  expect(count(ada, minute + 1, 1)).toBe(1);
});

test('no count is ever too high, whatever else is counted; what is counted often is kept', () => {
  const count = openMinuteCounts();
  const often = hashText('often', 7);
  let highest = 0;
  for (let i = 0; i < 400_000; i++) {
    highest = Math.max(highest, count(hashText(`once ${i}`, 7), minute, 1));
    if (i % 4_000 === 0) count(often, minute, 1);
  }
  expect(highest).toBe(1);
  expect(count(often, minute, 0)).toBe(100);
});

test('of more keys than there is room for, the earlier ones are forgotten', () => {
  const count = openMinuteCounts();
  for (let i = 0; i < 2_000_000; i++) count(hashText(`once ${i}`, 7), minute, 1);
  const known = Array.from({ length: 1_000 }, (_, i) => count(hashText(`once ${i}`, 7), minute, 0));
  expect(known.filter((views) => views === 1).length).toBeLessThan(100);
});

test('keys of a minute that is over give way to those of the next', () => {
  const count = openMinuteCounts();
  for (let i = 0; i < 400_000; i++) for (let n = 0; n < 2; n++) count(hashText(`once ${i}`, 7), minute, 1);
  const now = Array.from({ length: 1_000 }, (_, i) => hashText(`now ${i}`, 7));
  for (const key of now) count(key, minute + 1, 1);
  expect(now.map((key) => count(key, minute + 1, 1)).filter((views) => views === 2).length).toBeGreaterThan(980);
});

test('a count stays within its 16 bits', () => {
  const count = openMinuteCounts();
  const key = hashText('ada', 7);
  for (let i = 0; i < 70_000; i++) count(key, minute, 1);
  expect(count(key, minute, 1)).toBe(65_535);
});

test('an id is new once, for each video', () => {
  const isNew = openSeenIds();
  expect([7, 7, 8, 8].map((video) => isNew(hashText('019aa8e5-5f3c-7b1a-8a52-3f0f2d9c1e77', video)))).toEqual([
    true,
    false,
    true,
    false,
  ]);
});

test('different ids are different; of the last ten thousand nearly all are remembered', () => {
  const isNew = openSeenIds();
  const ids = Array.from({ length: 300_000 }, (_, i) => hashText(`019aa8e5-5f3c-7b1a-8a52-${i}`, 7));
  expect(ids.filter(isNew).length).toBe(300_000);
  expect(ids.slice(-10_000).filter(isNew).length).toBeLessThan(200);
});
