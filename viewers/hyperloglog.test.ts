// The sketch of viewers against sets of them, which it must never contradict by more than it says.
import { createCipheriv } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countOf, decodeSketch, emptySketch, encodeSketch, mergeSketches, sketchOf } from './hyperloglog.ts';

/** `count` different hashes, the same for the same seed. */
function hashesOf(seed: number, count: number): BigUint64Array {
  const key = Buffer.alloc(16);
  key.writeUInt32BE(seed);
  const stream = createCipheriv('aes-128-ctr', key, Buffer.alloc(16)).update(Buffer.alloc(8 * count));
  return new BigUint64Array(stream.buffer, stream.byteOffset, count);
}

const standardError = 1.04 / Math.sqrt(4_096);

test.each([10, 100, 512])('up to 512 viewers are counted exactly (%i)', (count) => {
  for (let seed = 0; seed < 20; seed++) expect(countOf(sketchOf(hashesOf(seed, count)))).toBe(count);
});

test.each([
  [513, 40],
  [1_000, 40],
  [4_096, 40],
  [10_000, 40],
  [100_000, 20],
  [1_000_000, 4],
  [10_000_000, 1],
])('%i viewers are told within four standard errors, and on the average much better', (count, seeds) => {
  const errors = Array.from({ length: seeds }, (_, seed) => countOf(sketchOf(hashesOf(seed, count))) / count - 1);
  for (const error of errors) expect(Math.abs(error)).toBeLessThan(4 * standardError);
  const mean = errors.reduce((sum, error) => sum + error, 0) / seeds;
  expect(Math.abs(mean)).toBeLessThan((4 * standardError) / Math.sqrt(seeds));
});

const some = fc
  .record({ seed: fc.integer({ min: 0, max: 5 }), from: fc.nat(900), count: fc.nat(900) })
  .map(({ seed, from, count }) => [...hashesOf(seed, from + count)].slice(from));

test('merging goes in any order and adds nothing twice, across the step from hashes to registers', () => {
  fc.assert(
    fc.property(some, some, some, (a, b, c) => {
      const [x, y, z] = [sketchOf(a), sketchOf(b), sketchOf(c)];
      const together = sketchOf([...a, ...b, ...c]);
      expect(mergeSketches(mergeSketches(x, y), z)).toEqual(together);
      expect(mergeSketches(x, mergeSketches(y, z))).toEqual(together);
      expect(mergeSketches(z, mergeSketches(y, x))).toEqual(together);
      expect(mergeSketches(together, y)).toEqual(together);
      expect(mergeSketches(x, x)).toEqual(x);
      expect(mergeSketches(emptySketch, x)).toEqual(x);
    }),
    { numRuns: 60 },
  );
});

test('a sketch is stored and read back as it was, in 4,097 bytes at most', () => {
  fc.assert(
    fc.property(some, (hashes) => {
      const sketch = sketchOf(hashes);
      const encoded = encodeSketch(sketch);
      expect(encoded.length).toBeLessThanOrEqual(4_097);
      expect(decodeSketch(encoded)).toEqual(sketch);
    }),
    { numRuns: 60 },
  );
});

test.each([
  ['nothing', Buffer.alloc(0)],
  ['another kind', Buffer.of(3)],
  ['registers that are too few', Buffer.of(2, 1, 1)],
  ['a register past the last place', Buffer.concat([Buffer.of(2), Buffer.alloc(4_096, 54)])],
  ['a part of a hash', Buffer.of(1, 0, 0, 0)],
  ['too many hashes', Buffer.concat([Buffer.of(1), Buffer.alloc(8 * 513)])],
  ['a hash that is there twice', Buffer.concat([Buffer.of(1), Buffer.alloc(16)])],
])('%s is no sketch', (_, encoded) => {
  expect(() => decodeSketch(encoded)).toThrow(/sketch/);
});

test('whatever the hash, its register has the place of its first one', () => {
  const dense = (hash: bigint) => {
    const merged = mergeSketches(sketchOf([hash]), sketchOf(hashesOf(0, 513)));
    return merged.kind === 'dense' ? merged.registers : new Uint8Array();
  };
  // The first register, whose hashes have no one before the last place, or none at all.
  expect([dense(1n)[0], dense(0n)[0], dense(1n << 32n)[0], dense(1n << 31n)[0]]).toEqual([52, 53, 20, 21]);
});
