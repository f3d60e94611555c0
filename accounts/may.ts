// Who may do what, in one place. Public routes (embeds, badges, counts, views) do not ask.
export type Permission = 'dashboards:read';

/** How a request reached this server. */
export type Visit = {
  /** The Host header. */
  host: string | undefined;
  /** BOXOFFICE_OPEN: the operator lets everybody in. */
  isOpen: boolean;
};

const loopbackHosts = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * Until there are accounts, whoever sits at the server's own machine may read its dashboards. The server listens on the
 * loopback address then, but a proxy beside it, or a site whose name was made to point here, would let others in.
 */
export function may(_permission: Permission, { host, isOpen }: Visit): boolean {
  return isOpen || loopbackHosts.includes((host ?? '').replace(/:\d+$/, '').toLowerCase());
}
