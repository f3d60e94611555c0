import { expect, test } from 'vitest';
import type { Refusal } from './flush.ts';
import { RefusalMerger } from './refusal-merger.ts';

const refusal = (origin: string, receivedAt: number): Refusal => ({
  reason: 'unknown_video',
  videoId: 0,
  origin,
  receivedAt,
  views: 1,
});

test('refusals of one kind and minute are added up', () => {
  const merged = new RefusalMerger().merge([refusal('a.example', 1), refusal('a.example', 2), refusal('', 3)]);
  expect(merged.map(({ origin, views }) => [origin, views])).toEqual([
    ['a.example', 2],
    ['', 1],
  ]);
});

test('made-up origins go under "(other)" after two hundred in a minute, however many flushes they come in', () => {
  const merger = new RefusalMerger();
  const origins = new Set<string>();
  for (let i = 0; i < 1_000; i++) {
    for (const { origin } of merger.merge([refusal(`made-up-${i}.example`, 1)])) origins.add(origin);
  }
  expect(origins.size).toBe(201);
  expect(origins).toContain('(other)');
  expect(merger.merge([refusal('made-up-999.example', 60_000)])[0]?.origin).toBe('made-up-999.example');
});
