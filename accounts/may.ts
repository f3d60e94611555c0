// Who may do what, in one place: every page, action, route and event stream asks here. What may not be seen does not exist: 404.
// Public routes (embeds, badges, counts, views) do not ask.
import type { IncomingHttpHeaders } from 'node:http';
import type { ChannelId, Role } from '#db/schema.ts';

export type { Role };

export type Actor =
  | { kind: 'nobody' }
  /** `channels` are those a creator is a member of; of the other roles it is not asked. */
  | { kind: 'user'; id: string; role: Role; channels: ReadonlySet<ChannelId> }
  /** The machine itself, while there is no account yet, or everybody where the operator opened the dashboards. */
  | { kind: 'guest' };

/** Whose counts a permission is asked for: of one channel, or of all together. */
export type About = { channel: ChannelId } | 'all channels';

export type Permission =
  /** Dashboards, lists, explanations, views not counted and receipts of what it is about. */
  | 'dashboards:read'
  /** The proof. */
  | 'installation:read'
  /** Retention, system, metrics and the audit of changes. */
  | 'installation:operate'
  /** Accounts, invitations, keys. */
  | 'accounts:manage'
  /** Channels and videos. */
  | 'channel:manage';

const permissionsOf: Record<Role, ReadonlySet<Permission>> = {
  admin: new Set<Permission>([
    ...(['dashboards:read', 'installation:read', 'installation:operate', 'accounts:manage', 'channel:manage'] as const),
  ]),
  analyst: new Set<Permission>(['dashboards:read', 'installation:read']),
  creator: new Set<Permission>(['dashboards:read', 'channel:manage']),
};
const guestPermissions = new Set<Permission>(['dashboards:read', 'installation:read', 'installation:operate']);

/** The channels that a permission holds for: every one, or those of a creator, of whom a new one may have none. */
export type Scope = 'all' | readonly ChannelId[];

/** Whether `actor` may do this about a channel, or about all of them. */
export function may(actor: Actor, permission: Permission, about: About = 'all channels'): boolean {
  const scope = scopeOf(actor, permission);
  if (scope === undefined || scope === 'all') return scope === 'all';
  return about !== 'all channels' && scope.includes(about.channel);
}

/** What `actor` may do this about; undefined where the permission is not theirs. Reports leave out whatever is beyond. */
export function scopeOf(actor: Actor, permission: Permission): Scope | undefined {
  switch (actor.kind) {
    case 'nobody':
      return undefined;
    case 'guest':
      return guestPermissions.has(permission) ? 'all' : undefined;
    case 'user':
      if (!permissionsOf[actor.role].has(permission)) return undefined;
      return actor.role === 'creator' ? [...actor.channels].sort((a, b) => a - b) : 'all';
  }
}

/** Whether `actor` may do this about any channel at all, for menus. New creators may have none yet. */
export function maySomewhere(actor: Actor, permission: Permission): boolean {
  return actor.kind === 'user' ? permissionsOf[actor.role].has(permission) : may(actor, permission);
}

const loopbackHosts = ['127.0.0.1', 'localhost', '[::1]'];
const proxyHeaders = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip'];

/**
 * Whether a request comes from a browser on this machine. `address` is the other end of its connection. A site whose name was
 * made to point here has another Host, and a proxy beside us says that it is one, if it says anything.
 */
export function isLocalVisit(headers: IncomingHttpHeaders, address: string | undefined): boolean {
  if (!/^(::ffff:)?127\.|^::1$/.test(address ?? '')) return false;
  const host = (headers.host ?? '').replace(/:\d+$/, '').toLowerCase();
  return loopbackHosts.includes(host) && !proxyHeaders.some((name) => name in headers);
}
