// A view's id is a UUIDv7 (RFC 9562): its first 48 bits are the millisecond in which playback started.
import { randomBytes } from 'node:crypto';

/** Milliseconds since the epoch that a UUIDv7 carries. */
export function viewedAtOf(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}

/** A new UUIDv7 for the millisecond `at`. `random` gives its other 74 bits; an import passes a hash instead. */
export function mintViewId(at: number, random: Buffer = randomBytes(10)): string {
  const time = Math.floor(at).toString(16).padStart(12, '0');
  const tail = random.toString('hex', 0, 10);
  const variant = ((random[2] ?? 0) & 0x3) | 0x8;
  return `${time.slice(0, 8)}-${time.slice(8)}-7${tail.slice(0, 3)}-${variant.toString(16)}${tail.slice(5, 8)}-${tail.slice(8, 20)}`;
}
