// Who has an account, with which role and channels. Changes end what they take away at once: streams that are open listen for
// `boxoffice_accounts`, sent with the user's id.
import type { Sql, Transaction } from '#db/client.ts';
import type { ChannelId, Role } from '#db/schema.ts';

export type Member = {
  id: string;
  name: string;
  email: string;
  role: Role;
  /** Handles, of a creator. */
  channels: string[];
  hasSecondFactor: boolean;
  /** ISO 8601. */
  since: string;
};

export type MemberChange =
  | { status: 'changed' }
  | { status: 'unknown' }
  /** Nobody would be left who can give the role back. */
  | { status: 'last_admin' };

/** Everybody, by name. */
export async function listMembers(sql: Sql): Promise<Member[]> {
  return sql<Member[]>`
    select u.id, u.name, u.email, u.role, u.two_factor_enabled as "hasSecondFactor",
      to_char(u.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as since,
      array(select c.handle from channel_members m join channels c on c.id = m.channel_id where m.user_id = u.id order by 1) as channels
    from users u order by lower(u.name), u.id`;
}

/** Gives a member another role, and the channels that a creator sees. */
export async function changeMember(
  sql: Sql,
  id: string,
  { role, channels }: { role: Role; channels: ChannelId[] },
): Promise<MemberChange> {
  return changeUser(sql, id, role === 'admin', async (tx) => {
    await tx`update users set role = ${role}, updated_at = now() where id = ${id}`;
    await tx`delete from channel_members where user_id = ${id}`;
    await tx`
      insert into channel_members (channel_id, user_id)
      select id, ${id} from channels where id = any(${channels}::bigint[])`;
  });
}

/** Takes an account away, with its sessions. What it did stays in the audit of changes. */
export async function removeMember(sql: Sql, id: string): Promise<MemberChange> {
  return changeUser(sql, id, false, async (tx) => {
    await tx`delete from users where id = ${id}`;
  });
}

async function changeUser(
  sql: Sql,
  id: string,
  staysAdmin: boolean,
  change: (tx: Transaction) => Promise<void>,
): Promise<MemberChange> {
  return sql.begin(async (tx): Promise<MemberChange> => {
    // Two admins who remove each other wait for each other here.
    const admins = await tx<{ id: string }[]>`select id from users where role = 'admin' order by id for update`;
    const [user] = await tx`select from users where id = ${id} for update`;
    if (!user) return { status: 'unknown' };
    if (!staysAdmin && admins.length === 1 && admins[0]?.id === id) return { status: 'last_admin' };
    await change(tx);
    await tx`select pg_notify('boxoffice_accounts', ${id}::text)`;
    return { status: 'changed' };
  });
}
