import type { Sql } from '#db/client.ts';
import { nameOfActor } from './name-of-actor.ts';

/** A key as a list shows it. Times are ISO 8601, UTC. */
export type ListedKey = {
  prefix: string;
  name: string;
  scopes: string[];
  /** Handles; null: every channel. */
  channels: string[] | null;
  createdAt: string;
  /** In words. */
  createdBy: string;
  expiresAt: string | null;
  revokedAt: string | null;
  lastUsedAt: string | null;
  state: 'valid' | 'expired' | 'revoked';
};

/** All keys, the newest first. */
export async function listKeys(sql: Sql): Promise<ListedKey[]> {
  const iso = 'YYYY-MM-DD"T"HH24:MI:SS"Z"';
  return sql<ListedKey[]>`
    select k.prefix, k.name, k.scopes, ${nameOfActor(sql, sql`k.created_by`)} as "createdBy",
      case when channel_ids is not null then
        array(select handle from channels where id = any(channel_ids) order by handle) end as channels,
      to_char(k.created_at at time zone 'UTC', ${iso}) as "createdAt",
      to_char(expires_at at time zone 'UTC', ${iso}) as "expiresAt",
      to_char(revoked_at at time zone 'UTC', ${iso}) as "revokedAt",
      to_char(last_used_at at time zone 'UTC', ${iso}) as "lastUsedAt",
      case when revoked_at is not null then 'revoked' when expires_at <= now() then 'expired' else 'valid' end as state
    from api_keys k
    order by k.id desc`;
}
