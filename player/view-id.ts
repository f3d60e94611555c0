// The ids a player makes: a UUIDv7 for each view (RFC 9562), whose first 48 bits are the millisecond in which
// playback started, and a UUIDv4 for the device. crypto.randomUUID is missing on pages without https.

/** A new UUIDv7 for the millisecond `at` since the epoch. `random` gives its other 74 bits. */
export function mintViewId(at: number, random: Uint8Array = randomBytes(16)): string {
  const time = Math.max(0, Math.floor(at)).toString(16).padStart(12, '0');
  return withHyphens(time + stamped(random, '7').slice(12));
}

/** A new UUIDv4: says nothing but that it is the same device again. */
export function mintDeviceId(random: Uint8Array = randomBytes(16)): string {
  return withHyphens(stamped(random, '4'));
}

/** `length` bytes nobody can guess. */
export function randomBytes(length: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(length));
}

/** 16 bytes as 32 hex digits, with the UUID's version and variant set. */
function stamped(bytes: Uint8Array, version: string): string {
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  const variant = (((bytes[8] ?? 0) & 0x3f) | 0x80).toString(16);
  return hex.slice(0, 12) + version + hex.slice(13, 16) + variant + hex.slice(18);
}

function withHyphens(hex: string): string {
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
