// Who may do what, in one place. Public routes (embeds, badges, counts) do not ask.
export type Permission = 'dashboards:read';

const openToEverybody: ReadonlySet<Permission> = new Set(['dashboards:read']);

/** Until there are accounts, everybody who reaches the server may read its dashboards. */
export function may(permission: Permission): boolean {
  return openToEverybody.has(permission);
}
