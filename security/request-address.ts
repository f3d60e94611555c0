import type { IncomingHttpHeaders } from 'node:http';

/** Where a request says that it went: the host with its port, and http or https. */
export type RequestAddress = { host: string; protocol: 'http' | 'https' };

const hostName = /^([a-z0-9]([a-z0-9._-]{0,251}[a-z0-9])?|\[[\da-f:.]{2,45}\])(:\d{1,5})?$/i;

/**
 * The address of a request; undefined where its host is no host name. What was forwarded is believed of our own proxies
 * only: whoever else writes it could have links made that lead to a server of theirs.
 */
export function requestAddress(headers: IncomingHttpHeaders, isFromProxy: boolean): RequestAddress | undefined {
  const forwarded = (name: string) => (isFromProxy ? lastOf(headers[name]) : undefined);
  const host = forwarded('x-forwarded-host') ?? headers.host ?? 'localhost';
  const protocol = forwarded('x-forwarded-proto') === 'https' ? 'https' : 'http';
  return hostName.test(host) ? { host: host.toLowerCase(), protocol } : undefined;
}

/** Proxies add theirs at the end; what stands before it may be the client's. */
function lastOf(value: string | string[] | undefined): string | undefined {
  return value === undefined ? undefined : String(value).split(',').at(-1)?.trim();
}
