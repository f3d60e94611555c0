import type { Sql, Transaction } from '#db/client.ts';
import type { ChannelId } from '#db/schema.ts';
import { mintKey, type Scope } from './api-key.ts';
import { type Author, recordChange } from './audit-entries.ts';

export type NewKey = {
  name: string;
  scopes: Scope[];
  /** Null: every channel. */
  channelIds: ChannelId[] | null;
  /** ISO 8601; null: never. */
  expiresAt: string | null;
};

export type CreatedKey = {
  /** The whole of it. */
  key: string;
  prefix: string;
};

/** Makes a key and returns it whole, which is the only time that anybody sees it. */
export async function createKey(sql: Sql, key: NewKey, author: Author): Promise<CreatedKey> {
  return sql.begin(async (tx): Promise<CreatedKey> => {
    const made = await insertKey(tx, key, author);
    const channels = key.channelIds && (await handlesOf(tx, key.channelIds));
    const after = { name: key.name, scopes: key.scopes, channels: channels ?? 'every', expiresAt: key.expiresAt };
    await recordChange(tx, author, { action: 'key.create', subject: `key:${made.prefix}`, before: null, after });
    return made;
  });
}

async function insertKey(
  tx: Transaction,
  { name, scopes, channelIds, expiresAt }: NewKey,
  { actor }: Author,
): Promise<CreatedKey> {
  while (true) {
    const { key, prefix, secretHash } = mintKey();
    const made = await tx`
      with made as (
        insert into api_keys (name, prefix, secret_hash, scopes, channel_ids, created_by, expires_at)
        values (${name}, ${prefix}, ${secretHash}, ${scopes}::text[], ${channelIds}::bigint[], ${actor},
          ${expiresAt}::text::timestamptz)
        on conflict (prefix) do nothing
        returning prefix
      )
      select pg_notify('boxoffice_keys', prefix) from made`;
    if (made.length > 0) return { key, prefix };
  }
}

async function handlesOf(tx: Transaction, ids: ChannelId[]): Promise<string[]> {
  const rows = await tx<{ handle: string }[]>`
    select handle from channels where id = any(${ids}::bigint[]) order by handle`;
  return rows.map(({ handle }) => handle);
}
