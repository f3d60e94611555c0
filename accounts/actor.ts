import type { ChannelId, Role } from '#db/schema.ts';
import type { Accounts } from './accounts.ts';
import type { Actor } from './may.ts';

/** Who sent a request, by its session cookie; nobody without one that holds. */
export async function actorOf({ auth, sql }: Accounts, headers: Headers): Promise<Actor> {
  const session = await auth.api.getSession({ headers, query: { disableCookieCache: true } });
  if (!session) return { kind: 'nobody' };
  const [user] = await sql<{ role: Role; channels: string[] }[]>`
    select u.role, array(select channel_id::text from channel_members where user_id = u.id order by 1) as channels
    from users u where u.id = ${session.user.id}`;
  if (!user) return { kind: 'nobody' };
  const channels = new Set(user.channels.map((id) => Number(id) as ChannelId));
  return { kind: 'user', id: session.user.id, role: user.role, channels };
}
