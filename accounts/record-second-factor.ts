import type { Sql } from '#db/client.ts';
import { recordChange } from './audit-entries.ts';

/** Whose second factor it is, as it was before. */
type Owner = { id: string; email: string; hasSecondFactor: boolean };

/**
 * Writes down that somebody turned their own second factor on or off. The change was committed before: the library that makes it gives no
 * transaction to join.
 */
export async function recordSecondFactor(
  sql: Sql,
  { id, email, hasSecondFactor }: Owner,
  isOn: boolean,
  now: Date,
): Promise<void> {
  if (hasSecondFactor === isOn) return;
  const action = isOn ? 'account.begin_second_factor' : 'account.end_second_factor';
  const states = { before: { hasSecondFactor }, after: { hasSecondFactor: isOn } };
  await sql.begin((tx) =>
    recordChange(tx, { actor: `user:${id}`, now }, { action, subject: `account:${email}`, ...states }),
  );
}
