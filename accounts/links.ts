// Links that are used once: they make accounts, and give new passwords. Writes account_links.
import type { Sql } from '#db/client.ts';
import type { ChannelId, Role } from '#db/schema.ts';
import { type Actor, recordChange } from './audit-entries.ts';
import { hashOfToken, mintToken } from './link-token.ts';

export type Invitation = {
  email: string;
  role: Role;
  /** Of a creator. */
  channels: ChannelId[];
  /** Who invites. */
  by: Actor;
};

export type Link =
  | { purpose: 'set_up' }
  | { purpose: 'join'; email: string; role: Role; channels: ChannelId[] }
  | { purpose: 'reset'; userId: string; email: string };

const lifetimes = { set_up: '1 day', join: '7 days', reset: '1 hour' };

/** A link for the first account, which becomes admin; undefined once there is one. It takes the place of the one before. */
export async function mintSetUpLink(sql: Sql, now: Date): Promise<string | undefined> {
  const { token, tokenHash } = mintToken();
  const made = await sql`
    with gone as (delete from account_links where purpose = 'set_up')
    insert into account_links (token_hash, purpose, role, created_by, expires_at)
    select ${tokenHash}, 'set_up', 'admin', 'start', ${now.toISOString()}::text::timestamptz + ${lifetimes.set_up}::text::interval
    where not exists (select from users)`;
  return made.count === 1 ? token : undefined;
}

/** A link for one person to join. An earlier one for the same e-mail no longer works. */
export async function invite(sql: Sql, { role, channels, by, ...invited }: Invitation, now: Date): Promise<string> {
  const { token, tokenHash } = mintToken();
  const email = invited.email.toLowerCase();
  await sql.begin(async (tx) => {
    await tx`delete from account_links where purpose = 'join' and email = ${email} and used_at is null`;
    await tx`
      insert into account_links (token_hash, purpose, email, role, channel_ids, created_by, expires_at)
      values (${tokenHash}, 'join', ${email}, ${role}, ${channels}::bigint[], ${by},
        ${now.toISOString()}::text::timestamptz + ${lifetimes.join}::text::interval)`;
    const handles = await tx<{ handle: string }[]>`
      select handle from channels where id = any(${channels}::bigint[]) order by handle`;
    const after = { role, channels: handles.map(({ handle }) => handle) };
    await recordChange(
      tx,
      { actor: by, now },
      { action: 'account.invite', subject: `account:${email}`, before: null, after },
    );
  });
  return token;
}

/**
 * A link for somebody to choose a new password; undefined for an e-mail that nobody has. It takes the place of those before, unless
 * it was only asked for: what an admin hands over stays good.
 */
export async function mintResetLink(
  sql: Sql,
  email: string,
  by: Actor | 'forgotten',
  now: Date,
): Promise<string | undefined> {
  const { token, tokenHash } = mintToken();
  const address = email.trim().toLowerCase();
  return sql.begin(async (tx) => {
    const made = await tx`
      with found as (select id from users where email = ${address}),
      gone as (
        delete from account_links where purpose = 'reset' and user_id in (select id from found)
          and (${by} <> 'forgotten' or created_by = 'forgotten')
      )
      insert into account_links (token_hash, purpose, user_id, created_by, expires_at)
      select ${tokenHash}, 'reset', id, ${by}, ${now.toISOString()}::text::timestamptz + ${lifetimes.reset}::text::interval from found`;
    if (made.count === 0) return undefined;
    const minted = { action: 'account.reset_link', subject: `account:${address}`, before: null, after: null } as const;
    if (by !== 'forgotten') await recordChange(tx, { actor: by, now }, minted);
    return token;
  });
}

/** What a link is for; undefined for one that is unknown, used or over. */
export async function readLink(sql: Sql, token: string, now: Date): Promise<Link | undefined> {
  const [row] = await sql<
    {
      purpose: Link['purpose'];
      email: string | null;
      role: Role | null;
      channels: string[] | null;
      userId: string | null;
    }[]
  >`
    select l.purpose, coalesce(l.email, u.email) as email, l.role, l.channel_ids::text[] as channels, l.user_id as "userId"
    from account_links l left join users u on u.id = l.user_id
    where token_hash = ${hashOfToken(token)} and used_at is null and expires_at > ${now.toISOString()}::text::timestamptz
      -- Whoever was first has set it up.
      and not (purpose = 'set_up' and exists (select from users))`;
  if (!row) return undefined;
  if (row.purpose === 'set_up') return { purpose: 'set_up' };
  if (row.purpose === 'reset') return { purpose: 'reset', userId: row.userId ?? '', email: row.email ?? '' };
  const channels = (row.channels ?? []).map((id) => Number(id) as ChannelId);
  return { purpose: 'join', email: row.email ?? '', role: row.role ?? 'creator', channels };
}
