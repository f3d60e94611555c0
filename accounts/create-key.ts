import type { Sql } from '#db/client.ts';
import type { ChannelId } from '#db/schema.ts';
import { mintKey, type Scope } from './api-key.ts';

export type NewKey = {
  name: string;
  scopes: Scope[];
  /** Null: every channel. */
  channelIds: ChannelId[] | null;
  /** ISO 8601; null: never. */
  expiresAt: string | null;
  /** Who made it, for the list of keys. */
  createdBy: string;
};

/** Makes a key and returns it whole, which is the only time that anybody sees it. */
export async function createKey(sql: Sql, { name, scopes, ...rest }: NewKey): Promise<{ key: string; prefix: string }> {
  while (true) {
    const { key, prefix, secretHash } = mintKey();
    const made = await sql`
      with made as (
        insert into api_keys (name, prefix, secret_hash, scopes, channel_ids, created_by, expires_at)
        values (${name}, ${prefix}, ${secretHash}, ${scopes}::text[], ${rest.channelIds}::bigint[], ${rest.createdBy},
          ${rest.expiresAt}::text::timestamptz)
        on conflict (prefix) do nothing
        returning prefix
      )
      select pg_notify('boxoffice_keys', prefix) from made`;
    if (made.length > 0) return { key, prefix };
  }
}
