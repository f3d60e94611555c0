// What the admin of the demo manages: sites that may count, an opening balance, keys. It is in the audit log as on any server.
import type { Scope } from '#accounts/api-key.ts';
import type { Author } from '#accounts/audit-entries.ts';
import { createKey } from '#accounts/create-key.ts';
import { channelsOf } from '#accounts/invitations.ts';
import { listKeys } from '#accounts/list-keys.ts';
import { listMembers } from '#accounts/members.ts';
import { revokeKey } from '#accounts/revoke-key.ts';
import { addOrigin } from '#channels/change-origins.ts';
import type { Sql } from '#db/client.ts';
import { enterBalances } from '#opening/enter-balances.ts';
import { dateAt } from '#reports/calendar.ts';
import { channels } from './catalogue.ts';
import { adminEmail } from './prepare-accounts.ts';

type DemoKey = { name: string; scopes: Scope[]; channel?: string; isRevoked?: boolean };

const listed = channels[0];
const opening = { video: 'dawn-over-the-breakwater', views: 212_400, source: 'YouTube Studio' };
// One of each scope, and one that does nothing any more.
const keys: DemoKey[] = [
  { name: 'Apps of the harbour', scopes: ['views:write'], channel: listed?.handle },
  { name: 'Sign-in of the school', scopes: ['identify:write'], channel: channels[1]?.handle },
  { name: 'Prometheus', scopes: ['reports:read'] },
  { name: 'Studio encoder', scopes: ['live:write'], channel: channels[2]?.handle },
  { name: 'The former website', scopes: ['views:write'], isRevoked: true },
];

/** Makes it at the first start only: what somebody took away stays away. Says whether it was the first. */
export async function prepareManaged(sql: Sql, timeZone: string, now: Date): Promise<boolean> {
  if ((await listKeys(sql)).length > 0) return false;
  const admin = (await listMembers(sql)).find(({ email }) => email === adminEmail);
  const author: Author = { actor: admin ? `user:${admin.id}` : 'command', now };
  for (const [site] of listed?.sites ?? []) await addOrigin(sql, listed?.handle ?? '', site, author);
  await enterBalances(sql, [opening], { whose: null, author, today: dateAt(now, timeZone) });
  for (const key of keys) await makeKey(sql, key, author);
  return true;
}

async function makeKey(sql: Sql, { name, scopes, channel, isRevoked }: DemoKey, author: Author): Promise<void> {
  const channelIds = channel === undefined ? null : (await channelsOf(sql, [channel])).ids;
  const { prefix } = await createKey(sql, { name, scopes, channelIds, expiresAt: null }, author);
  if (isRevoked) await revokeKey(sql, prefix, author);
}
