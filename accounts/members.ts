// Who has an account, with which role and channels. Changes end what they take away at once: streams that are open listen for
// `boxoffice_accounts`, sent with the user's id.
import type { Sql, Transaction } from '#db/client.ts';
import type { ChannelId, Role } from '#db/schema.ts';
import { type Author, type Change, recordChange } from './audit-entries.ts';
import { recordWithdrawal } from './invitations.ts';

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
  /** The last day with a request of theirs, while a session of it is kept: a session notes it once a day. */
  lastSeen: string | null;
};

export type MemberChange =
  | { status: 'changed' }
  | { status: 'unknown' }
  /** Nobody would be left who can give the role back. */
  | { status: 'last_admin' };

/** Everybody, by name. */
export async function listMembers(sql: Sql): Promise<Member[]> {
  return sql<Member[]>`select ${memberColumns(sql)} from users u order by lower(u.name), u.id`;
}

export async function findMember(sql: Sql, id: string): Promise<Member | undefined> {
  const [member] = await sql<Member[]>`select ${memberColumns(sql)} from users u where u.id = ${id}`;
  return member;
}

function memberColumns(sql: Sql) {
  return sql`
    u.id, u.name, u.email, u.role, u.two_factor_enabled as "hasSecondFactor",
    to_char(u.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as since,
    (select to_char(max(s.updated_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
      from sessions s where s.user_id = u.id) as "lastSeen",
    array(select c.handle from channel_members m join channels c on c.id = m.channel_id where m.user_id = u.id order by 1) as channels`;
}

/** Gives a member another role, and the channels that a creator sees. */
export async function changeMember(
  sql: Sql,
  id: string,
  { role, channels }: { role: Role; channels: ChannelId[] },
  author: Author,
): Promise<MemberChange> {
  return changeUser(sql, id, { staysAdmin: role === 'admin', author }, async (tx, before) => {
    await tx`update users set role = ${role}, updated_at = now() where id = ${id}`;
    await tx`delete from channel_members where user_id = ${id}`;
    await tx`
      insert into channel_members (channel_id, user_id)
      select id, ${id} from channels where id = any(${channels}::bigint[])`;
    const after = await readAccount(tx, id);
    if (JSON.stringify(after) === JSON.stringify(before)) return;
    await recordChange(tx, author, accountChange('account.change', before, after));
  });
}

/** Takes an account away, with its sessions. What it did stays in the audit of changes. */
export async function removeMember(sql: Sql, id: string, author: Author): Promise<MemberChange> {
  return changeUser(sql, id, { staysAdmin: false, author }, async (tx, before) => {
    await tx`delete from users where id = ${id}`;
    await recordChange(tx, author, accountChange('account.remove', before, null));
  });
}

async function changeUser(
  sql: Sql,
  id: string,
  { staysAdmin, author }: { staysAdmin: boolean; author: Author },
  change: (tx: Transaction, before: Account) => Promise<void>,
): Promise<MemberChange> {
  return sql.begin(async (tx): Promise<MemberChange> => {
    // Two admins who remove each other wait for each other here.
    const admins = await tx<{ id: string }[]>`select id from users where role = 'admin' order by id for update`;
    await tx`select from users where id = ${id} for update`;
    const user = await readAccount(tx, id);
    if (!user) return { status: 'unknown' };
    if (!staysAdmin && admins.length === 1 && admins[0]?.id === id) return { status: 'last_admin' };
    await change(tx, user);
    if (!staysAdmin) await endLinksOf(tx, id, author);
    await tx`select pg_notify('boxoffice_accounts', ${id}::text)`;
    return { status: 'changed' };
  });
}

/** Links to join or to reset that they made could let in whoever has them. */
async function endLinksOf(tx: Transaction, id: string, author: Author): Promise<void> {
  const gone = await tx<{ purpose: string; email: string | null }[]>`
    delete from account_links where created_by = ${`user:${id}`} and used_at is null returning purpose, email`;
  for (const { purpose, email } of gone)
    if (purpose === 'join' && email !== null) await recordWithdrawal(tx, email, author);
}

/** What the audit of changes says of an account. */
type Account = Pick<Member, 'name' | 'email' | 'role' | 'channels'>;

async function readAccount(tx: Transaction, id: string): Promise<Account | undefined> {
  const [account] = await tx<Account[]>`
    select name, email, role,
      array(select c.handle from channel_members m join channels c on c.id = m.channel_id where m.user_id = u.id order by 1) as channels
    from users u where id = ${id}`;
  return account;
}

function accountChange(action: Change['action'], before: Account, after: Account | null | undefined): Change {
  return { action, subject: `account:${before.email}`, before, after: after ?? null };
}
