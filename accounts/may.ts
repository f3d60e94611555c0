// Who may do what, in one place. Public routes (embeds, badges, counts, views) do not ask.
import type { IncomingHttpHeaders } from 'node:http';

export type Permission = 'dashboards:read';

/** How a request reached this server. */
export type Visit = {
  /** From a browser on the machine itself. */
  isLocal: boolean;
  /** BOXOFFICE_OPEN: the operator lets everybody in. */
  isOpen: boolean;
};

const loopbackHosts = ['127.0.0.1', 'localhost', '[::1]'];
const proxyHeaders = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip'];

/** Until there are accounts, whoever sits at the server's own machine may read its dashboards. */
export function may(_permission: Permission, { isLocal, isOpen }: Visit): boolean {
  return isOpen || isLocal;
}

/**
 * Whether a request to the loopback address comes from a browser there. A site whose name was made to point here has
 * another Host, and a proxy beside us says that it is one, if it says anything.
 */
export function isLocalVisit(headers: IncomingHttpHeaders): boolean {
  const host = (headers.host ?? '').replace(/:\d+$/, '').toLowerCase();
  return loopbackHosts.includes(host) && !proxyHeaders.some((name) => name in headers);
}
