import { createHash, randomBytes } from 'node:crypto';

/** 32 random bytes for an address, and what is kept of them. */
export function mintToken(): { token: string; tokenHash: string } {
  const token = randomBytes(32).toString('base64url');
  return { token, tokenHash: hashOfToken(token) };
}

/** SHA-256, in hex: a token has too many bits to be guessed from it. */
export function hashOfToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
