// What lets machines in. accounts/ writes it.
import { sql } from 'drizzle-orm';
import { bigint, check, pgTable, text } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

/** Keys of servers. Of the key itself only the SHA-256 is kept. */
export const apiKeys = pgTable(
  'api_keys',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    name: text('name').notNull(),
    /** The part of the key that lists show; the secret part follows it. */
    prefix: text('prefix').notNull().unique(),
    /** SHA-256 of the whole key, in hex. */
    secretHash: text('secret_hash').notNull(),
    scopes: text('scopes').array().notNull(),
    /** Null: every channel, also those that are made later. */
    channelIds: bigint('channel_ids', { mode: 'number' }).array(),
    createdAt: instant('created_at').notNull().defaultNow(),
    createdBy: text('created_by').notNull(),
    /** From then on it is refused; null: never. */
    expiresAt: instant('expires_at'),
    revokedAt: instant('revoked_at'),
    /** To the minute. */
    lastUsedAt: instant('last_used_at'),
  },
  (t) => [
    check('api_keys_name_is_short', sql`length(${t.name}) between 1 and 200`),
    check('api_keys_prefix_is_plain', sql`${t.prefix} ~ '^bo_[0-9a-f]{8}$'`),
    check('api_keys_hash_is_sha256', sql`${t.secretHash} ~ '^[0-9a-f]{64}$'`),
    check(
      'api_keys_scopes_are_known',
      sql`cardinality(${t.scopes}) > 0 and ${t.scopes} <@ '{views:write,identify:write,reports:read,live:write}'`,
    ),
    check('api_keys_channels_are_some_or_all', sql`cardinality(${t.channelIds}) > 0`),
  ],
);
