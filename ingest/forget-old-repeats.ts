import type { Sql } from '#db/client.ts';

/** Forgets repeats that nobody will ask for, since the log of their views is gone by then; returns of how many views. */
export async function forgetOldRepeats(sql: Sql, now: Date): Promise<number> {
  const gone = await sql`
    delete from view_repeats where last_at < ${now.toISOString()}::text::timestamptz - interval '90 days'`;
  return gone.count;
}
