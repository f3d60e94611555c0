// Whose channel it is: the creators who may see and manage it. Other roles need no membership.
import type { Sql, Transaction } from '#db/client.ts';
import type { ChannelId } from '#db/schema.ts';
import { type Author, recordChange } from './audit-entries.ts';

export type ChannelMember = { id: string; name: string; email: string };

export type MembershipChange =
  | { status: 'changed' | 'unchanged'; member: ChannelMember }
  /** Nobody has this e-mail: they are invited first. */
  | { status: 'no_account' }
  /** Admins and analysts see every channel. */
  | { status: 'not_creator'; member: ChannelMember };

/** By name. */
export async function channelMembersOf(sql: Sql, channel: ChannelId): Promise<ChannelMember[]> {
  return sql<ChannelMember[]>`
    select u.id, u.name, u.email from channel_members m join users u on u.id = m.user_id
    where m.channel_id = ${channel} and u.role = 'creator' order by lower(u.name), u.id`;
}

/** Lets the creator with this e-mail see and manage a channel. */
export function addChannelMember(
  sql: Sql,
  channel: ChannelId,
  email: string,
  author: Author,
): Promise<MembershipChange> {
  return changeMembership(sql, channel, email, async (tx, member, handle) => {
    const added = await tx`
      insert into channel_members (channel_id, user_id) values (${channel}, ${member.id}) on conflict do nothing`;
    if (added.count === 0) return false;
    const [before, after] = [null, { member: member.email }];
    await recordChange(tx, author, { action: 'channel.add_member', subject: `channel:${handle}`, before, after });
    return true;
  });
}

/** Takes it from them; streams of theirs that are open end. */
export function removeChannelMember(
  sql: Sql,
  channel: ChannelId,
  email: string,
  author: Author,
): Promise<MembershipChange> {
  return changeMembership(sql, channel, email, async (tx, member, handle) => {
    const removed = await tx`delete from channel_members where channel_id = ${channel} and user_id = ${member.id}`;
    if (removed.count === 0) return false;
    const [before, after] = [{ member: member.email }, null];
    await recordChange(tx, author, { action: 'channel.remove_member', subject: `channel:${handle}`, before, after });
    return true;
  });
}

async function changeMembership(
  sql: Sql,
  channel: ChannelId,
  email: string,
  change: (tx: Transaction, member: ChannelMember, handle: string) => Promise<boolean>,
): Promise<MembershipChange> {
  return sql.begin(async (tx): Promise<MembershipChange> => {
    // In this order, as changeMember locks: two admins wait for each other.
    const [member] = await tx<(ChannelMember & { role: string })[]>`
      select id, name, email, role from users where email = ${email.trim().toLowerCase()} for update`;
    const [found] = await tx<{ handle: string }[]>`select handle from channels where id = ${channel} for key share`;
    if (!member || !found) return { status: 'no_account' };
    const { role, ...account } = member;
    if (role !== 'creator') return { status: 'not_creator', member: account };
    const isChanged = await change(tx, account, found.handle);
    if (!isChanged) return { status: 'unchanged', member: account };
    await tx`select pg_notify('boxoffice_accounts', ${member.id}::text)`;
    return { status: 'changed', member: account };
  });
}
