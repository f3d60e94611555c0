// A view's id is a UUIDv7 (RFC 9562): its first 48 bits are the millisecond in which playback started.
import { randomBytes } from 'node:crypto';

/** Milliseconds since the epoch that a UUIDv7 carries. */
export function viewedAtOf(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}

/** A new UUIDv7 for the millisecond `at`. `random` gives its other 74 bits. */
export function mintViewId(at: number, random: Buffer = randomBytes(10)): string {
  return viewIdOf(at, random.toString('hex'));
}

/** The UUIDv7 of the millisecond `at` whose other 74 bits are those of at least 20 hexadecimal digits. */
export function viewIdOf(at: number, hex: string): string {
  const time = Math.floor(at).toString(16).padStart(12, '0');
  const variant = '89ab'[Number.parseInt(hex.charAt(5), 16) & 0x3];
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex.slice(0, 3)}-${variant}${hex.slice(5, 8)}-${hex.slice(8, 20)}`;
}
