// The audit trail: who changed what, and what it was before. Writes audit_entries.
import type { Sql, Transaction } from '#db/client.ts';

/** Who makes a change: a person, a key of the API, or somebody at the command line. */
export type Actor = `user:${string}` | `key:${string}` | 'command';

/** Who makes a change, and when. */
export type Author = { actor: Actor; now: Date };

export type Change = {
  /** A noun and a verb: `video.move`. */
  action: `${string}.${string}`;
  /** By the name people know it by: `video:tide`. */
  subject: `${string}:${string}`;
  /** Null where there was nothing. */
  before: Record<string, unknown> | null;
  /** Null where nothing is left. */
  after: Record<string, unknown> | null;
};

export type AuditEntry = Change & { id: number; at: string; actor: Actor };

/**
 * Writes one entry, in the transaction of the change itself where that is ours: there is none without the other. What better-auth commits
 * itself is written down right after.
 */
export async function recordChange(
  tx: Transaction,
  { actor, now }: Author,
  { action, subject, before, after }: Change,
): Promise<void> {
  await tx`
    insert into audit_entries (at, actor, action, subject, before, after)
    values (${now.toISOString()}::text::timestamptz, ${actor}, ${action}, ${subject},
      ${jsonOf(before)}::text::jsonb, ${jsonOf(after)}::text::jsonb)`;
}

/** The entries about a subject, the latest first; `before` is the id of the last entry of the page before. */
export async function auditEntriesOf(
  sql: Sql,
  subject: string,
  { limit, before }: { limit: number; before?: number },
): Promise<AuditEntry[]> {
  return sql<AuditEntry[]>`
    select id::float8 as id, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, actor, action, subject,
      before, after
    from audit_entries
    where subject = ${subject} and id < coalesce(${before ?? null}::bigint, 9223372036854775807)
    order by audit_entries.id desc limit ${limit}`;
}

function jsonOf(state: Record<string, unknown> | null): string | null {
  return state && JSON.stringify(state);
}
