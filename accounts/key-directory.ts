// Which keys there are, from memory. They are few, so a process knows all of them: neither a known nor a made-up key costs a query.
import type { Sql } from '#db/client.ts';
import { withDeadline } from '#db/deadline.ts';
import type { ChannelId } from '#db/schema.ts';
import { isKeyOf, isSignedBy, prefixOf } from './api-key.ts';

export type KnownKey = {
  prefix: string;
  scopes: Set<string>;
  /** Null: every channel. */
  channelIds: Set<ChannelId> | null;
};

export type KeyProblem = 'unknown' | 'revoked' | 'expired';

export type KeyDirectory = {
  /** The key, if it may be used at `now` (milliseconds), or why not. Rejects when the database is asked, and away. */
  find(key: string, now: number): Promise<KnownKey | KeyProblem>;
  /**
   * The same of the key with this prefix, if `signature` (hex) is the HMAC-SHA256 of `text` by the SHA-256 of that key (hex): a page shows by
   * it that its server has the key, which it does not have itself.
   */
  findBySignature(prefix: string, text: string, signature: string, now: number): Promise<KnownKey | KeyProblem>;
};

type StoredKey = KnownKey & { secretHash: string; isRevoked: boolean; expiresAt: number; notedAt: number };
type Row = {
  prefix: string;
  secretHash: string;
  scopes: string[];
  channelIds: string[] | null;
  isRevoked: boolean;
  expiresMs: number | null;
};

// News may be lost with the connection that brings it; a key that was revoked meanwhile is not taken for longer than this.
const rememberedForMs = 60_000;
const noteUseEveryMs = 60_000;
const deadlineMs = 5_000;

/** Starts a directory. It listens for `boxoffice_keys`, sent whenever a key is made or revoked. */
export async function openKeyDirectory(sql: Sql): Promise<KeyDirectory> {
  let keys = new Map<string, StoredKey>();
  let changes = 0;
  let known = { changes: -1, at: Number.NEGATIVE_INFINITY };
  let reading: Promise<void> | undefined;
  const noteChange = () => {
    changes += 1;
  };
  await sql.listen('boxoffice_keys', noteChange, noteChange);

  const isCurrent = (now: number) => known.changes === changes && Math.abs(now - known.at) < rememberedForMs;

  async function read(now: number): Promise<void> {
    // What changes while they are read is read again.
    const asOf = { changes, at: now };
    const rows = await withDeadline(readKeys(sql), deadlineMs);
    keys = new Map(rows.map((row) => [row.prefix, storedKey(row, keys.get(row.prefix)?.notedAt)]));
    known = asOf;
  }

  function noteUse(key: StoredKey, now: number): void {
    if (Math.abs(now - key.notedAt) < noteUseEveryMs) return;
    key.notedAt = now;
    // Nobody waits for it; what fails is noted a minute later.
    writeUse(sql, key.prefix, now).catch(() => {});
  }

  async function findIf(prefix: string, now: number, isHolder: (secretHash: string) => boolean) {
    while (!isCurrent(now)) {
      reading ??= read(now).finally(() => {
        reading = undefined;
      });
      await reading;
    }
    const key = keys.get(prefix);
    if (!key || !isHolder(key.secretHash)) return 'unknown';
    if (key.isRevoked) return 'revoked';
    if (key.expiresAt <= now) return 'expired';
    noteUse(key, now);
    return key;
  }

  return {
    async find(text, now) {
      const prefix = prefixOf(text);
      return prefix === undefined ? 'unknown' : findIf(prefix, now, (secretHash) => isKeyOf(text, secretHash));
    },
    findBySignature(prefix, text, signature, now) {
      return findIf(prefix, now, (secretHash) => isSignedBy(secretHash, text, signature));
    },
  };
}

async function readKeys(sql: Sql): Promise<Row[]> {
  return sql<Row[]>`
    select prefix, secret_hash as "secretHash", scopes, channel_ids::text[] as "channelIds",
      revoked_at is not null as "isRevoked", extract(epoch from expires_at)::float8 * 1000 as "expiresMs"
    from api_keys`;
}

function storedKey({ channelIds, expiresMs, ...row }: Row, notedAt = Number.NEGATIVE_INFINITY): StoredKey {
  return {
    ...row,
    scopes: new Set(row.scopes),
    channelIds: channelIds && new Set(channelIds.map((id) => Number(id) as ChannelId)),
    expiresAt: expiresMs ?? Number.POSITIVE_INFINITY,
    notedAt,
  };
}

async function writeUse(sql: Sql, prefix: string, now: number): Promise<void> {
  await sql`
    update api_keys set last_used_at = to_timestamp(${now}::float8 / 1000)
    where prefix = ${prefix} and (last_used_at is null or last_used_at < to_timestamp(${now}::float8 / 1000))`;
}
