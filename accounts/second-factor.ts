// The second factor: a code of an authenticator app (TOTP), or one of ten codes for when that is lost.
import { APIError } from 'better-auth/api';
import type { Accounts } from './accounts.ts';

export type Begun =
  /** `uri` is what an authenticator app reads from a QR code; the codes are shown once. */
  { status: 'begun'; uri: string; backupCodes: string[] } | { status: 'wrong_password' } | { status: 'on_already' };

export type Verified =
  /** `cookies` are Set-Cookie headers for the browser. */
  | { status: 'verified'; cookies: string[] }
  | { status: 'wrong_code' }
  /** Too many tries, or too late: the password is asked for again. */
  | { status: 'start_again' };

/** Prepares a second factor for whoever is signed in by `headers`. It is on once a code of it was verified. */
export async function beginSecondFactor({ auth }: Accounts, headers: Headers, password: string): Promise<Begun> {
  try {
    const begun = await auth.api.enableTwoFactor({ headers, body: { password, method: 'totp' } });
    if (begun.method !== 'totp') throw new Error('A second factor of another kind was begun.');
    return { status: 'begun', uri: begun.totpURI, backupCodes: begun.backupCodes };
  } catch (error) {
    if (codeOf(error) === 'INVALID_PASSWORD') return { status: 'wrong_password' };
    if (codeOf(error) === 'TOTP_ALREADY_ENABLED') return { status: 'on_already' };
    throw error;
  }
}

/** Checks a code: of a sign-in that waits for it, or of a second factor that was begun. `headers` have the cookies of either. */
export async function verifyCode({ auth }: Accounts, headers: Headers, code: string): Promise<Verified> {
  const isBackupCode = !/^\d{6}$/.test(code.trim());
  const request = { headers, body: { code: code.trim() }, returnHeaders: true } as const;
  try {
    const verified = isBackupCode ? await auth.api.verifyBackupCode(request) : await auth.api.verifyTOTP(request);
    return { status: 'verified', cookies: verified.headers.getSetCookie() };
  } catch (error) {
    const reason = codeOf(error);
    if (reason === 'INVALID_CODE' || reason === 'INVALID_BACKUP_CODE') return { status: 'wrong_code' };
    if (error instanceof APIError && error.statusCode < 500) return { status: 'start_again' };
    throw error;
  }
}

/** Takes the second factor away. False for a wrong password. */
export async function endSecondFactor({ auth }: Accounts, headers: Headers, password: string): Promise<boolean> {
  try {
    await auth.api.disableTwoFactor({ headers, body: { password } });
    return true;
  } catch (error) {
    if (codeOf(error) === 'INVALID_PASSWORD') return false;
    throw error;
  }
}

function codeOf(error: unknown): string | undefined {
  return error instanceof APIError ? error.body?.code : undefined;
}
