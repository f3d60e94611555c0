import type { Permission } from '#accounts/may.ts';

/** Where the main navigation leads. */
export type Place = {
  href: string;
  name: string;
  group: 'measured' | 'managed';
  permission: Permission;
  /** Addresses that belong to it besides those below its own. */
  also?: string[];
};

/** All of them; who may not see one does not get it. The first four stand in the bar of a phone. */
export const places: Place[] = [
  { href: '/', name: 'Overview', group: 'measured', permission: 'dashboards:read', also: ['/channels'] },
  { href: '/videos', name: 'Videos', group: 'measured', permission: 'dashboards:read', also: ['/watch'] },
  { href: '/charts', name: 'Charts', group: 'measured', permission: 'dashboards:read' },
  { href: '/proof', name: 'Proof', group: 'measured', permission: 'installation:read' },
  { href: '/not-counted', name: 'Not counted', group: 'measured', permission: 'dashboards:read' },
  { href: '/retention', name: 'Retention', group: 'measured', permission: 'installation:operate' },
  { href: '/system', name: 'System', group: 'measured', permission: 'installation:operate' },
  { href: '/channels', name: 'Channels', group: 'managed', permission: 'channel:manage' },
  { href: '/opening', name: 'Opening balances', group: 'managed', permission: 'channel:manage' },
  { href: '/keys', name: 'Keys', group: 'managed', permission: 'accounts:manage' },
  { href: '/members', name: 'Members', group: 'managed', permission: 'accounts:manage' },
  { href: '/audit-log', name: 'Audit log', group: 'managed', permission: 'accounts:manage' },
];

export const placesOnPhones = 4;

/** The place that an address belongs to. What somebody manages comes before what they only see. */
export function placeOf(path: string, among: Place[]): Place | undefined {
  const isUnder = (root: string) => path === root || (root !== '/' && path.startsWith(`${root}/`));
  return among.findLast(({ href, also = [] }) => [href, ...also].some(isUnder));
}
