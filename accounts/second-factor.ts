// The second factor: a code of an authenticator app (TOTP), or one of ten codes for when that is lost.
import type { Sql } from '#db/client.ts';
import type { Accounts } from './accounts.ts';
import { isWrongPassword, refusalOf } from './api-error.ts';
import { type Author, recordChange } from './audit-entries.ts';
import { forgetFailures } from './sign-in-limit.ts';

export type Begun =
  /** `uri` is what an authenticator app reads from a QR code; the codes are shown once. */
  { status: 'begun'; uri: string; backupCodes: string[] } | { status: 'wrong_password' } | { status: 'on_already' };

export type Verified =
  /** `cookies` are Set-Cookie headers for the browser. */
  | { status: 'verified'; cookies: string[] }
  | { status: 'wrong_code' }
  /** Right, but somebody signed in with it before. The password is asked for again. */
  | { status: 'used_code' }
  /** Too many tries, or too late: the password is asked for again. */
  | { status: 'start_again' };

/** Prepares a second factor for whoever is signed in by `headers`. It is on once a code of it was verified. */
export async function beginSecondFactor({ auth }: Accounts, headers: Headers, password: string): Promise<Begun> {
  try {
    const begun = await auth.api.enableTwoFactor({ headers, body: { password, method: 'totp' } });
    if (begun.method !== 'totp') throw new Error('A second factor of another kind was begun.');
    return { status: 'begun', uri: begun.totpURI, backupCodes: begun.backupCodes };
  } catch (error) {
    if (isWrongPassword(error)) return { status: 'wrong_password' };
    if (refusalOf(error)?.code === 'TOTP_ALREADY_ENABLED') return { status: 'on_already' };
    throw error;
  }
}

/**
 * Checks a code: of a sign-in that waits for it, or of a second factor that was begun. `headers` have the cookies of either. A sign-in
 * names its client's `address`, which gets its try back.
 */
export async function verifyCode(
  { auth, sql, secret }: Accounts,
  headers: Headers,
  { code, address }: { code: string; address?: string },
): Promise<Verified> {
  const isBackupCode = !/^\d{6}$/.test(code.trim());
  const request = { headers, body: { code: code.trim() }, returnHeaders: true } as const;
  try {
    const verified = isBackupCode ? await auth.api.verifyBackupCode(request) : await auth.api.verifyTOTP(request);
    const { token, user } = verified.response;
    const isNew = isBackupCode || (await takeCode(sql, user.id, request.body.code));
    if (address !== undefined && !isNew) {
      await sql`delete from sessions where token = ${token ?? ''}`;
      return { status: 'used_code' };
    }
    if (address !== undefined) await forgetFailures(sql, secret, { email: user.email, address });
    return { status: 'verified', cookies: verified.headers.getSetCookie() };
  } catch (error) {
    const refusal = refusalOf(error);
    if (!refusal) throw error;
    const isWrong = refusal.code === 'INVALID_CODE' || refusal.code === 'INVALID_BACKUP_CODE';
    return { status: isWrong ? 'wrong_code' : 'start_again' };
  }
}

/** Takes the second factor away. False for a wrong password. */
export async function endSecondFactor({ auth }: Accounts, headers: Headers, password: string): Promise<boolean> {
  try {
    await auth.api.disableTwoFactor({ headers, body: { password } });
    return true;
  } catch (error) {
    if (isWrongPassword(error)) return false;
    throw error;
  }
}

/** Takes it from somebody who has lost the app and the codes. False for an account without one. */
export async function takeSecondFactor(sql: Sql, email: string, author: Author): Promise<boolean> {
  const account = email.trim().toLowerCase();
  return sql.begin(async (tx) => {
    const [user] = await tx<{ id: string }[]>`
      update users set two_factor_enabled = false, updated_at = now()
      where email = ${account} and two_factor_enabled returning id`;
    if (!user) return false;
    await tx`delete from two_factors where user_id = ${user.id}`;
    const [before, after] = [{ hasSecondFactor: true }, { hasSecondFactor: false }];
    await recordChange(tx, author, {
      action: 'account.end_second_factor',
      subject: `account:${account}`,
      before,
      after,
    });
    return true;
  });
}

/** Marks a code of the app as used, for as long as it would be taken. False where it was before, by anybody. */
async function takeCode(sql: Sql, userId: string, code: string): Promise<boolean> {
  const id = `used-code:${userId}:${code}`;
  const used = await sql`
    insert into verifications (id, identifier, value, expires_at)
    values (${id}, 'used-code', '', now() + interval '2 minutes')
    on conflict (id) do update set expires_at = excluded.expires_at where verifications.expires_at <= now()
    returning id`;
  return used.count === 1;
}
