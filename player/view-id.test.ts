import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { viewedAtOf } from '#ingest/view-id.ts';
import { mintDeviceId, mintViewId } from './view-id.ts';

const zeros = new Uint8Array(16);
const ones = new Uint8Array(16).fill(0xff);

describe('view ids', () => {
  test('carry the millisecond in their first 48 bits, the version and the variant', () => {
    expect(mintViewId(0x0199_1234_5678, zeros)).toBe('01991234-5678-7000-8000-000000000000');
    expect(mintViewId(0x0199_1234_5678, ones)).toBe('01991234-5678-7fff-bfff-ffffffffffff');
  });

  test('are UUIDv7 to the server, which reads the same millisecond out of them', () => {
    const at = Date.UTC(2026, 10, 3, 14, 3, 20) + 0.5;
    expect(z.uuidv7().safeParse(mintViewId(at)).success).toBe(true);
    expect(viewedAtOf(mintViewId(at))).toBe(Date.UTC(2026, 10, 3, 14, 3, 20));
  });

  test('of one millisecond differ', () => {
    expect(new Set(Array.from({ length: 1_000 }, () => mintViewId(1))).size).toBe(1_000);
  });
});

test('device ids are UUIDv4', () => {
  expect(mintDeviceId(zeros)).toBe('00000000-0000-4000-8000-000000000000');
  expect(z.uuidv4().safeParse(mintDeviceId()).success).toBe(true);
});
