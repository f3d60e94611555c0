import { expect, test } from 'vitest';
import type { ChannelId } from '#db/schema.ts';
import { type About, type Actor, isLocalVisit, may, type Permission, scopeOf } from './may.ts';

const [own, other] = [1 as ChannelId, 2 as ChannelId];
const user = (role: 'admin' | 'analyst' | 'creator'): Actor => ({
  kind: 'user',
  id: role,
  role,
  channels: new Set([own]),
});
const actors: Record<string, Actor> = {
  nobody: { kind: 'nobody' },
  guest: { kind: 'guest' },
  creator: user('creator'),
  analyst: user('analyst'),
  admin: user('admin'),
};
const everything: About = 'all channels';

test.each<[Permission, About, string[]]>([
  ['dashboards:read', { channel: own }, ['guest', 'creator', 'analyst', 'admin']],
  ['dashboards:read', { channel: other }, ['guest', 'analyst', 'admin']],
  ['dashboards:read', everything, ['guest', 'analyst', 'admin']],
  ['installation:read', everything, ['guest', 'analyst', 'admin']],
  ['installation:operate', everything, ['guest', 'admin']],
  ['accounts:manage', everything, ['admin']],
  ['channel:manage', { channel: own }, ['creator', 'admin']],
  ['channel:manage', { channel: other }, ['admin']],
])('%s about %o is for %s', (permission, about, allowed) => {
  const found = Object.keys(actors).filter((name) => may(actors[name] ?? { kind: 'nobody' }, permission, about));
  expect(found).toEqual(allowed);
});

test.each(['127.0.0.1:3000', 'localhost', 'LOCALHOST:80', '[::1]:3000'])(
  'a browser on the machine itself (%s) is local',
  (host) => {
    expect(isLocalVisit({ host }, '127.0.0.1')).toBe(true);
  },
);

test.each(['boxoffice.example', 'localhost.evil.example', '127.0.0.1.evil.example:3000', '', undefined])(
  'a request for another host (%s) is not',
  (host) => {
    expect(isLocalVisit({ host }, '127.0.0.1')).toBe(false);
  },
);

test.each(['x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via', 'forwarded'])(
  'a proxy that passes the loopback host on is told by its %s',
  (name) => {
    expect(isLocalVisit({ host: '127.0.0.1:3000', [name]: '203.0.113.9' }, '127.0.0.1')).toBe(false);
  },
);

test('a permission holds for all channels, or for those of a creator, of whom a new one has none', () => {
  const nobodyYet: Actor = { kind: 'user', id: 'new', role: 'creator', channels: new Set() };
  const several: Actor = { ...nobodyYet, channels: new Set([10, 9].map((id) => id as ChannelId)) };
  expect(scopeOf(user('analyst'), 'dashboards:read')).toBe('all');
  expect(scopeOf({ kind: 'guest' }, 'dashboards:read')).toBe('all');
  expect(scopeOf(user('creator'), 'dashboards:read')).toEqual([own]);
  expect(scopeOf(several, 'dashboards:read')).toEqual([9, 10]);
  expect(scopeOf(nobodyYet, 'dashboards:read')).toEqual([]);
  expect(may(nobodyYet, 'dashboards:read')).toBe(false);
  expect(scopeOf(user('creator'), 'installation:read')).toBeUndefined();
  expect(scopeOf({ kind: 'nobody' }, 'dashboards:read')).toBeUndefined();
});

test.each([
  ['127.0.0.1', true],
  ['127.8.0.1', true],
  ['::1', true],
  ['::ffff:127.0.0.1', true],
  ['192.0.2.7', false],
  ['::ffff:192.0.2.7', false],
  ['2001:db8::1', false],
  [undefined, false],
])('a connection from %s is of this machine: %s, whatever Host it names', (address, isLocal) => {
  expect(isLocalVisit({ host: 'localhost' }, address)).toBe(isLocal);
});
