import type { Sql } from '#db/client.ts';

/**
 * Forgets what no longer opens or limits anything: failures of sign-ins after a day, sessions and half-done sign-ins that are
 * over, and links a week after they were used or over. Returns how many rows went.
 */
export async function forgetWhatIsOver(sql: Sql, now: Date): Promise<number> {
  const at = now.toISOString();
  const [gone] = await sql<[{ rows: number }]>`
    with failures as (
      delete from sign_in_failures where since < ${at}::text::timestamptz - interval '1 day' returning 1
    ), ended as (
      delete from sessions where expires_at < ${at}::text::timestamptz returning 1
    ), unfinished as (
      delete from verifications where expires_at < ${at}::text::timestamptz returning 1
    ), links as (
      delete from account_links
      where least(used_at, expires_at) < ${at}::text::timestamptz - interval '7 days' returning 1
    )
    select ((select count(*) from failures) + (select count(*) from ended) + (select count(*) from unfinished)
      + (select count(*) from links))::int as rows`;
  return gone.rows;
}
