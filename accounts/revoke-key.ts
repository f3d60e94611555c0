import type { Sql } from '#db/client.ts';
import { type Author, recordChange } from './audit-entries.ts';

export type Revocation = 'revoked' | 'revoked_before' | 'unknown';

/** Revokes the key with this prefix for good. Every server refuses it as soon as this has committed and was told. */
export async function revokeKey(sql: Sql, prefix: string, author: Author): Promise<Revocation> {
  return sql.begin(async (tx): Promise<Revocation> => {
    const [revoked] = await tx<{ name: string }[]>`
      update api_keys set revoked_at = ${author.now.toISOString()}::text::timestamptz
      where prefix = ${prefix} and revoked_at is null returning name`;
    if (!revoked) {
      const found = await tx`select from api_keys where prefix = ${prefix}`;
      return found.count > 0 ? 'revoked_before' : 'unknown';
    }
    const [before, after] = [
      { name: revoked.name, isRevoked: false },
      { name: revoked.name, isRevoked: true },
    ];
    await recordChange(tx, author, { action: 'key.revoke', subject: `key:${prefix}`, before, after });
    await tx`select pg_notify('boxoffice_keys', ${prefix})`;
    return 'revoked';
  });
}
