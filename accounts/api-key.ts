// What a key looks like: `bo_`, eight characters that lists show, and a secret that only its holder has.
import { createHmac, hash, randomBytes, timingSafeEqual } from 'node:crypto';

export const scopes = ['views:write', 'identify:write', 'reports:read', 'live:write'] as const;
export type Scope = (typeof scopes)[number];

/** Of the part of a key that is shown. */
export const keyPrefixPattern = /^bo_[0-9a-f]{8}$/;
const keyPattern = /^(bo_[0-9a-f]{8})_[A-Za-z0-9_-]{43}$/;

export type MintedKey = {
  /** The whole key: told once, to whoever it is made for. */
  key: string;
  prefix: string;
  secretHash: string;
};

export function mintKey(): MintedKey {
  const prefix = `bo_${randomBytes(4).toString('hex')}`;
  const key = `${prefix}_${randomBytes(32).toString('base64url')}`;
  return { key, prefix, secretHash: hashOf(key) };
}

/** The part of a key that names it; undefined for a text that is no key. */
export function prefixOf(key: string): string | undefined {
  return keyPattern.exec(key)?.[1];
}

/** Whether `key` is the one whose hash was stored, in the same time wherever they differ. */
export function isKeyOf(key: string, secretHash: string): boolean {
  const [given, stored] = [Buffer.from(hashOf(key)), Buffer.from(secretHash)];
  return given.length === stored.length && timingSafeEqual(given, stored);
}

/** Whether `signature` (hex) is the HMAC-SHA256 of `text` by the stored hash of a key, in the same time wherever it differs. */
export function isSignedBy(secretHash: string, text: string, signature: string): boolean {
  const [given, due] = [Buffer.from(signature, 'hex'), createHmac('sha256', secretHash).update(text).digest()];
  return given.length === due.length && timingSafeEqual(given, due);
}

// 32 random bytes cannot be guessed, so that one round of SHA-256 is enough, and costs a request next to nothing.
function hashOf(key: string): string {
  return hash('sha256', key, 'hex');
}
