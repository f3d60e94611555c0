import type { IncomingHttpHeaders } from 'node:http';

const safeMethods = ['GET', 'HEAD', 'OPTIONS'];

/**
 * Whether a page of another site had the reader's browser send this: browsers say of themselves where a request comes from,
 * and no page can make them say something else. A sender that is no browser says neither, and has no rights of a reader.
 * `origins` are this server's own.
 */
export function isForged(method: string | undefined, headers: IncomingHttpHeaders, origins: string[]): boolean {
  if (safeMethods.includes(method ?? '')) return false;
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  return headers.origin !== undefined && !origins.includes(headers.origin.toLowerCase());
}
