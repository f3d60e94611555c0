import type { Sql } from '#db/client.ts';

export type Revocation = 'revoked' | 'revoked_before' | 'unknown';

/** Revokes the key with this prefix for good. Every server refuses it as soon as this has committed and was told. */
export async function revokeKey(sql: Sql, prefix: string): Promise<Revocation> {
  const revoked = await sql`
    with revoked as (
      update api_keys set revoked_at = now() where prefix = ${prefix} and revoked_at is null returning prefix
    )
    select pg_notify('boxoffice_keys', prefix) from revoked`;
  if (revoked.length > 0) return 'revoked';
  const found = await sql`select from api_keys where prefix = ${prefix}`;
  return found.length > 0 ? 'revoked_before' : 'unknown';
}
