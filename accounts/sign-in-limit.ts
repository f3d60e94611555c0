// How often a sign-in may fail and a password be forgotten, by account and by address, for all processes together. What is limited is kept as a hash only.
import { createHmac } from 'node:crypto';
import type { Sql } from '#db/client.ts';

export type Attempt = { email: string; address: string };

const limits = {
  // Passwords are long: nobody guesses one in so few tries, and whoever mistypes theirs is not locked out for long.
  'sign-in': { account: { failures: 10, seconds: 15 * 60 }, address: { failures: 50, seconds: 15 * 60 } },
  // Each is a mail that somebody gets.
  forgotten: { account: { failures: 3, seconds: 60 * 60 }, address: { failures: 20, seconds: 60 * 60 } },
};
type Kind = keyof typeof limits;

/**
 * Takes one try of both; the seconds to wait where either has none left. It is taken before the password is looked at, so that a
 * thousand tries at once are no more than the limit; `forgetFailures` gives it back.
 */
export async function takeAttempt(
  sql: Sql,
  secret: string,
  attempt: Attempt,
  now: Date,
  kind: Kind = 'sign-in',
): Promise<number> {
  const waits: number[] = [];
  for (const { subject, failures, seconds } of subjectsOf(secret, attempt, kind)) {
    const [row] = await sql<[{ failures: number; elapsed: number }]>`
      insert into sign_in_failures as f (subject, failures, since)
      values (${subject}, 1, ${now.toISOString()}::text::timestamptz)
      on conflict (subject) do update set
        failures = case when f.since < excluded.since - ${seconds} * interval '1 second' then 1 else f.failures + 1 end,
        since = case when f.since < excluded.since - ${seconds} * interval '1 second' then excluded.since else f.since end
      returning failures, extract(epoch from ${now.toISOString()}::text::timestamptz - since)::float8 as elapsed`;
    if (row.failures > failures) waits.push(Math.max(1, Math.ceil(seconds - row.elapsed)));
  }
  return Math.max(0, ...waits);
}

/** After a sign-in that worked: the account's failures are forgotten, and the address gets its try back. */
export async function forgetFailures(sql: Sql, secret: string, attempt: Attempt): Promise<void> {
  const [account, address] = subjectsOf(secret, attempt, 'sign-in').map(({ subject }) => subject);
  await sql`delete from sign_in_failures where subject = ${account ?? ''}`;
  await sql`update sign_in_failures set failures = greatest(failures - 1, 0) where subject = ${address ?? ''}`;
}

function subjectsOf(secret: string, { email, address }: Attempt, kind: Kind) {
  const hash = (text: string) => createHmac('sha256', secret).update(`${kind} ${text}`).digest('base64url');
  const { account, address: sender } = limits[kind];
  return [
    { subject: hash(`account ${email.trim().toLowerCase()}`), ...account },
    { subject: hash(`address ${address}`), ...sender },
  ];
}
