import type { Sql } from '#db/client.ts';
import { recordChange } from './audit-entries.ts';

/**
 * Writes down that somebody turned their own second factor on or off; nothing where it still is as it `was`. better-auth has committed the
 * change before: it takes no transaction of ours.
 */
export async function recordSecondFactor(sql: Sql, userId: string, was: boolean, now: Date): Promise<void> {
  await sql.begin(async (tx) => {
    const [user] = await tx<{ email: string; isOn: boolean }[]>`
      select email, two_factor_enabled as "isOn" from users where id = ${userId}`;
    if (!user || user.isOn === was) return;
    const action = user.isOn ? 'account.begin_second_factor' : 'account.end_second_factor';
    const states = { before: { hasSecondFactor: was }, after: { hasSecondFactor: user.isOn } };
    await recordChange(tx, { actor: `user:${userId}`, now }, { action, subject: `account:${user.email}`, ...states });
  });
}
