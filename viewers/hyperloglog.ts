// How many different viewers there were, to within a few in a hundred, in 4 KiB at most: for ranges whose viewers are no longer kept.
// Flajolet et al. 2007, read by the estimator of Ertl 2017 (arXiv:1702.01284), which needs no tables and no change of formula on the way.

const indexBits = 12;
const registerCount = 1 << indexBits;
// Of a hash of 64 bits.
const rankBits = 64 - indexBits;
// Up to here the hashes themselves take no more room than the registers.
const mostHashes = registerCount / 8;

const kinds = { sparse: 1, dense: 2 };

/**
 * A set of viewers. `sparse`, while they are few: their hashes of 64 bits, ascending, each once. `dense`, from then on: of each of 4,096
 * parts of the hashes the farthest place, 1 to 53, of a first bit that is set, 0 for a part without any.
 */
export type Sketch = { kind: 'sparse'; hashes: BigUint64Array } | { kind: 'dense'; registers: Uint8Array };

export const emptySketch: Sketch = { kind: 'sparse', hashes: new BigUint64Array() };

/** The sketch of these hashes, in any order, some of them often. They have to be even over all 64 bits, as those of MD5 are. */
export function sketchOf(hashes: Iterable<bigint>): Sketch {
  const few = new Set<bigint>();
  let registers: Uint8Array | undefined;
  for (const hash of hashes) {
    if (registers) raiseOne(registers, hash);
    else if (few.add(hash).size > mostHashes) registers = registersOf(few);
  }
  return registers ? { kind: 'dense', registers } : { kind: 'sparse', hashes: BigUint64Array.from(few).sort() };
}

/** The viewers of either. In any order, and however often one of them is merged, the same comes out. */
export function mergeSketches(a: Sketch, b: Sketch): Sketch {
  if (a.kind === 'sparse' && b.kind === 'sparse') return sketchOf([...a.hashes, ...b.hashes]);
  const registers = new Uint8Array(registerCount);
  for (const sketch of [a, b]) raise(registers, sketch);
  return { kind: 'dense', registers };
}

/** How many there are: exactly while they are few, from then on with a standard error of 1.6 in a hundred. */
export function countOf(sketch: Sketch): number {
  return sketch.kind === 'sparse' ? sketch.hashes.length : Math.round(estimate(sketch.registers));
}

/** As it is stored: a byte for the kind, then the hashes, big end first, or the registers. */
export function encodeSketch(sketch: Sketch): Buffer {
  if (sketch.kind === 'dense') return Buffer.concat([Buffer.of(kinds.dense), sketch.registers]);
  const encoded = Buffer.alloc(1 + 8 * sketch.hashes.length);
  encoded[0] = kinds.sparse;
  sketch.hashes.forEach((hash, at) => void encoded.writeBigUInt64BE(hash, 1 + 8 * at));
  return encoded;
}

/** Throws for bytes that encodeSketch has not made. */
export function decodeSketch(encoded: Buffer): Sketch {
  const body = encoded.subarray(1);
  if (encoded[0] === kinds.dense && body.length === registerCount && body.every((rank) => rank <= rankBits + 1)) {
    return { kind: 'dense', registers: Uint8Array.from(body) };
  }
  const count = body.length / 8;
  if (encoded[0] !== kinds.sparse || !Number.isInteger(count) || count > mostHashes) {
    throw new Error(`These ${encoded.length} bytes are no sketch.`);
  }
  const hashes = BigUint64Array.from({ length: count }, (_, at) => body.readBigUInt64BE(8 * at));
  if (hashes.some((hash, at) => at > 0 && hash <= (hashes[at - 1] ?? 0n))) {
    throw new Error('The hashes of the sketch are not in order.');
  }
  return { kind: 'sparse', hashes };
}

function registersOf(hashes: Iterable<bigint>): Uint8Array {
  const registers = new Uint8Array(registerCount);
  for (const hash of hashes) raiseOne(registers, hash);
  return registers;
}

function raise(registers: Uint8Array, sketch: Sketch): void {
  if (sketch.kind === 'sparse') {
    for (const hash of sketch.hashes) raiseOne(registers, hash);
    return;
  }
  sketch.registers.forEach((rank, index) => {
    if (rank > (registers[index] ?? 0)) registers[index] = rank;
  });
}

function raiseOne(registers: Uint8Array, hash: bigint): void {
  const [high, low] = [Number(hash >> 32n), Number(hash & 0xffff_ffffn)];
  const index = high >>> (32 - indexBits);
  const rest = high << indexBits;
  const rank = rest === 0 ? 32 - indexBits + Math.clz32(low) + 1 : Math.clz32(rest) + 1;
  if (rank > (registers[index] ?? 0)) registers[index] = rank;
}

/** Ertl 2017, algorithm 6. */
function estimate(registers: Uint8Array): number {
  const counts = new Array<number>(rankBits + 2).fill(0);
  for (const rank of registers) counts[rank] = (counts[rank] ?? 0) + 1;
  const m = registerCount;
  let z = m * tau(1 - (counts[rankBits + 1] ?? 0) / m);
  for (let rank = rankBits; rank >= 1; rank--) z = 0.5 * (z + (counts[rank] ?? 0));
  z += m * sigma((counts[0] ?? 0) / m);
  return (m * m) / (2 * Math.LN2 * z);
}

function sigma(share: number): number {
  if (share === 1) return Number.POSITIVE_INFINITY;
  let [x, y, z] = [share, 1, share];
  for (let before = Number.NaN; z !== before; ) {
    x *= x;
    before = z;
    z += x * y;
    y += y;
  }
  return z;
}

function tau(share: number): number {
  if (share === 0 || share === 1) return 0;
  let [x, y, z] = [share, 1, 1 - share];
  for (let before = Number.NaN; z !== before; ) {
    x = Math.sqrt(x);
    before = z;
    y *= 0.5;
    z -= (1 - x) ** 2 * y;
  }
  return z / 3;
}
