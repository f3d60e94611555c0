// The audit trail as people read it: what was changed, by whom, with what stood there before and after.
import type { Fragment, Sql } from '#db/client.ts';
import type { AuditEntry } from './audit-entries.ts';
import { nameOfActor } from './name-of-actor.ts';

export type LoggedChange = AuditEntry & {
  /** Who it was, in words. */
  who: string;
};

export type AuditFilter = {
  /** A piece of what was changed: its key, handle, e-mail. Of opening balances also the keys of their videos. */
  subject?: string | undefined;
  actor?: string | undefined;
  action?: string | undefined;
  /** The id of the last entry of the page before. */
  before?: number | undefined;
};

/** The changes that a filter leaves, the newest first. */
export async function auditLog(sql: Sql, filter: AuditFilter, limit: number): Promise<LoggedChange[]> {
  return sql<LoggedChange[]>`
    select a.id::float8 as id, to_char(a.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, a.actor,
      ${nameOfActor(sql, sql`a.actor`)} as who, a.action, a.subject, a.before, a.after
    from audit_entries a where ${matches(sql, filter)}
    order by a.id desc limit ${limit}`;
}

/** Who made changes, and which kinds of changes there are: what a filter can choose from. */
export async function auditChoices(sql: Sql): Promise<{ actors: { actor: string; who: string }[]; actions: string[] }> {
  const [actors, actions] = await Promise.all([
    sql<{ actor: string; who: string }[]>`
      select actor, ${nameOfActor(sql, sql`actor`)} as who from (select distinct actor from audit_entries) a order by who, actor`,
    sql<{ action: string }[]>`select distinct action from audit_entries order by action`,
  ]);
  return { actors, actions: actions.map(({ action }) => action) };
}

function matches(sql: Sql, { subject, actor, action, before }: AuditFilter): Fragment {
  return sql`a.id < coalesce(${before ?? null}::bigint, 9223372036854775807)
    and (${subject ?? null}::text is null or strpos(lower(a.subject), lower(${subject ?? null}::text)) > 0
      or a.subject in (
        select 'opening:' || b.entry from opening_balances b join videos v on v.id = b.video_id
        where strpos(lower(v.key), lower(${subject ?? null}::text)) > 0
      ))
    and (${actor ?? null}::text is null or a.actor = ${actor ?? null}::text)
    and (${action ?? null}::text is null or a.action = ${action ?? null}::text)`;
}
