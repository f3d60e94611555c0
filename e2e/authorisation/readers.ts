// Whoever may come: people by role, whose sessions are good or not, and servers by what their keys are for.
import { scopes } from '#accounts/api-key.ts';
import { createKey, type NewKey } from '#accounts/create-key.ts';
import { revokeKey } from '#accounts/revoke-key.ts';
import type { Sql } from '#db/client.ts';
import type { ChannelId } from '#db/schema.ts';
import { type Person, sessionCookie, sessionOf } from '../with-accounts.ts';

export const people = ['creator', 'other creator', 'analyst', 'admin'] as const;
export const strangers = ['anonymous', 'ended session', 'expired session'] as const;
export const keys = [...scopes, 'views:write of another channel', 'reports:read of a channel'] as const;
export const goneKeys = ['revoked key', 'expired key'] as const;
/** The guest comes without a session to an app whose dashboards are open. */
export const readers = ['guest', ...people, ...strangers, ...keys, ...goneKeys] as const;

export type Reader = (typeof readers)[number];
export type Caller = { reader: Reader; app: string; headers: Record<string, string> };

const author = { actor: 'command', now: new Date('2026-03-10T12:00:00Z') } as const;
const accounts: Record<(typeof people)[number], Person> = {
  ...{ creator: 'cy', 'other creator': 'dee', analyst: 'ann', admin: 'ada' },
};

/** What each of them sends; people get a session of their own. The other creator has the channel `elsewhere`. */
export async function callersFor(
  sql: Sql,
  apps: { closed: string; open: string },
  elsewhere: ChannelId,
): Promise<Caller[]> {
  const made: Caller[] = [];
  for (const reader of readers) {
    const headers = await headersOf(sql, reader, elsewhere);
    made.push({ reader, app: reader === 'guest' ? apps.open : apps.closed, headers });
  }
  return made;
}

async function headersOf(sql: Sql, reader: Reader, elsewhere: ChannelId): Promise<Record<string, string>> {
  switch (reader) {
    case 'guest':
    case 'anonymous':
      return {};
    case 'creator':
    case 'other creator':
    case 'analyst':
    case 'admin':
      return cookie(await sessionOf(sql, accounts[reader]));
    case 'ended session': {
      const value = await sessionOf(sql, 'ada');
      await sql`delete from sessions where token = ${decodeURIComponent(value).split('.')[0] ?? ''}`;
      return cookie(value);
    }
    case 'expired session':
      return cookie(await sessionOf(sql, 'ada', '-1 second'));
    case 'revoked key': {
      const { key, prefix } = await createKey(sql, keyFor([...scopes]), author);
      await revokeKey(sql, prefix, author);
      return bearer(key);
    }
    case 'expired key':
      return bearer((await createKey(sql, { ...keyFor([...scopes]), expiresAt: '2026-03-10T12:00:01Z' }, author)).key);
    case 'views:write of another channel':
      return bearer((await createKey(sql, { ...keyFor(['views:write']), channelIds: [elsewhere] }, author)).key);
    case 'reports:read of a channel':
      return bearer((await createKey(sql, { ...keyFor(['reports:read']), channelIds: [elsewhere] }, author)).key);
    default:
      return bearer((await createKey(sql, keyFor([reader]), author)).key);
  }
}

function keyFor(scopes: NewKey['scopes']): NewKey {
  return { name: 'A server', scopes, channelIds: null, expiresAt: null };
}

function cookie(value: string): Record<string, string> {
  return { cookie: `${sessionCookie}=${value}` };
}

function bearer(key: string): Record<string, string> {
  return { authorization: `Bearer ${key}` };
}
