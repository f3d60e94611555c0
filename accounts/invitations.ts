// Who was invited and has not joined yet.
import { z } from 'zod';
import type { Sql, Transaction } from '#db/client.ts';
import type { ChannelId, Role } from '#db/schema.ts';
import { type Author, recordChange } from './audit-entries.ts';
import { invite } from './links.ts';

export type PendingInvitation = {
  email: string;
  role: Role;
  /** Handles, of a creator. */
  channels: string[];
  /** ISO 8601. */
  expiresAt: string;
};

export type Invited =
  /** `token` is the end of the link /join/…, which is told once. */
  | { status: 'invited'; email: string; token: string }
  | { status: 'invalid'; field: 'email' | 'channels'; problem: string };

const invitedEmail = z.email('An e-mail address looks like name@example.com.').max(320).toLowerCase();

/** Invites somebody under a role; a creator to channels, by handle. */
export async function inviteMember(
  sql: Sql,
  { role, ...given }: { email: string; role: Role; channels: string[] },
  author: Author,
): Promise<Invited> {
  const parsed = invitedEmail.safeParse(given.email.trim());
  if (!parsed.success) {
    return { status: 'invalid', field: 'email', problem: parsed.error.issues[0]?.message ?? 'Tell an e-mail address.' };
  }
  const email = parsed.data;
  if ((await sql`select from users where email = ${email}`).count > 0) {
    return { status: 'invalid', field: 'email', problem: 'Somebody has an account with this e-mail address.' };
  }
  const { ids, missing } = role === 'creator' ? await channelsOf(sql, given.channels) : { ids: [], missing: [] };
  if (missing.length > 0) {
    return { status: 'invalid', field: 'channels', problem: `There is no channel ${missing.join(', nor ')}.` };
  }
  const token = await invite(sql, { email, role, channels: ids, by: author.actor }, author.now);
  return { status: 'invited', email, token };
}

/** The ids of channels, by handle. */
export async function channelsOf(sql: Sql, handles: string[]): Promise<{ ids: ChannelId[]; missing: string[] }> {
  const found = await sql<{ id: ChannelId; handle: string }[]>`
    select id::float8 as id, handle from channels where handle = any(${handles}::text[]) order by id`;
  const known = new Set(found.map(({ handle }) => handle));
  return { ids: found.map(({ id }) => id), missing: handles.filter((handle) => !known.has(handle)) };
}

/** Those whose link still works, by e-mail. */
export async function listInvitations(sql: Sql, now: Date): Promise<PendingInvitation[]> {
  return sql<PendingInvitation[]>`
    select email, role, to_char(expires_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "expiresAt",
      array(select handle from channels where id = any(l.channel_ids) order by 1) as channels
    from account_links l
    where purpose = 'join' and used_at is null and expires_at > ${now.toISOString()}::text::timestamptz
    order by email`;
}

/** Makes a link that was sent worthless. False where it was used or withdrawn before. */
export async function withdrawInvitation(sql: Sql, email: string, author: Author): Promise<boolean> {
  return sql.begin(async (tx) => {
    const gone = await tx`delete from account_links where purpose = 'join' and email = ${email} and used_at is null`;
    if (gone.count === 0) return false;
    await recordWithdrawal(tx, email, author);
    return true;
  });
}

export async function recordWithdrawal(tx: Transaction, email: string, author: Author): Promise<void> {
  const subject = `account:${email}` as const;
  await recordChange(tx, author, { action: 'account.withdraw', subject, before: { isInvited: true }, after: null });
}
