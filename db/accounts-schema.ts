// Who did what: accounts/ writes it.

import { sql } from 'drizzle-orm';
import { bigint, check, index, jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core';

/** Every change that people, keys and commands made to what is measured; rows are only added. */
export const auditEntries = pgTable(
  'audit_entries',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    at: timestamp('at', { withTimezone: true }).notNull(),
    /** `user:…`, `key:…` or `command`. */
    actor: text('actor').notNull(),
    /** A noun and a verb: `video.move`. */
    action: text('action').notNull(),
    /** What was changed, by the name people know it by: `video:tide`. */
    subject: text('subject').notNull(),
    /** What the change was about as it stood before and after; null where there was nothing, or is nothing any more. */
    before: jsonb('before').$type<Record<string, unknown>>(),
    after: jsonb('after').$type<Record<string, unknown>>(),
  },
  (t) => [
    index('audit_entries_by_subject').on(t.subject, t.id),
    check('audit_entries_actor_is_known', sql`${t.actor} = 'command' or ${t.actor} ~ '^(user|key):.'`),
    check('audit_entries_action_is_named', sql`${t.action} ~ '^[a-z_]+[.][a-z_]+$'`),
  ],
);
