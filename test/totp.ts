import { createOTP } from '@better-auth/utils/otp';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

const stepMs = 30_000;

/** What an authenticator app shows that read `uri` from a QR code: now, or some steps later, of which one is taken already. */
export async function codeFor(uri: string, stepsLater = 0): Promise<string> {
  const encoded = new URL(uri).searchParams.get('secret') ?? '';
  const bits = [...encoded.replace(/=+$/, '')]
    .map((one) => alphabet.indexOf(one).toString(2).padStart(5, '0'))
    .join('');
  const bytes = bits.match(/.{8}/g)?.map((byte) => Number.parseInt(byte, 2)) ?? [];
  return createOTP(String.fromCharCode(...bytes)).hotp(Math.floor(Date.now() / stepMs) + stepsLater);
}
