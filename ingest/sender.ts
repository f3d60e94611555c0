// Who sent a view, as far as its request tells.
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';
import type { Actor } from '#accounts/may.ts';
import type { ChannelId } from '#db/schema.ts';
import { ipv4Text, parseIpAddress } from './ip-address.ts';

export type Sender = {
  /** The client's IP address; used for the rate limit and the daily viewer hash, never stored. */
  address: string;
  userAgent: string;
  /** The Origin header, where a browser sent one. */
  origin: string | undefined;
  /** Whether it is a page of this server, such as the frame of an embed. */
  isOwnPage: boolean;
  /** Global Privacy Control: the device id is not used. */
  hasPrivacySignal: boolean;
  /** Who is signed in, where a page of this server sends the view. */
  actor?: Actor;
  /** Of a server with a key, which tells whose view it sends: the channels it may do that for, null for all. */
  server?: { channelIds: Set<ChannelId> | null };
};

/**
 * Reads the sender of a request. `address` trusts X-Forwarded-For only as far as `proxies` goes; `ownOrigin` is where
 * browsers reach this server, where it is known.
 */
export function senderOf(request: IncomingMessage, proxies: BlockList, ownOrigin?: string): Sender {
  const { headers } = request;
  return {
    address: clientAddress(request.socket.remoteAddress ?? '', headers['x-forwarded-for'], proxies),
    userAgent: headers['user-agent'] ?? '',
    origin: headers.origin,
    isOwnPage: isOwnPage(headers, ownOrigin),
    hasPrivacySignal: headers['sec-gpc'] === '1',
  };
}

// Behind a proxy Host may be another than the browser's: then the browser's own word for it, or the setting, tells.
function isOwnPage({ origin, host, 'sec-fetch-site': site }: IncomingHttpHeaders, ownOrigin?: string): boolean {
  if (site === 'same-origin') return true;
  if (origin === undefined) return false;
  return origin === ownOrigin || (host !== undefined && /^https?:\/\/(.*)$/.exec(origin)?.[1] === host);
}

/** The viewer of one view: whom a server says, as far as it does, and else the sender itself. */
export function viewerAs(sender: Sender, said: { clientAddress?: string; userAgent?: string }): Sender {
  if (!sender.server) return sender;
  const address = said.clientAddress === undefined ? sender.address : canonicalAddress(said.clientAddress);
  return { ...sender, address, userAgent: said.userAgent ?? sender.userAgent };
}

/** The right-most address that is not one of our own proxies: anything left of it can be made up. */
export function clientAddress(
  socketAddress: string,
  forwardedFor: string | string[] | undefined,
  proxies: BlockList,
): string {
  let address = plainAddress(socketAddress);
  if (!forwardedFor || !isTrusted(address, proxies)) return address;
  const hops = String(forwardedFor)
    .split(',')
    .map((hop) => plainAddress(hop.trim()));
  for (const hop of hops.reverse()) {
    if (!isIP(hop)) return address;
    address = hop;
    if (!isTrusted(hop, proxies)) return address;
  }
  return address;
}

/** Parses TRUSTED_PROXIES: addresses and networks such as 10.0.0.0/8. Throws naming the one that is neither. */
export function parseProxies(list: string[]): BlockList {
  const proxies = new BlockList();
  for (const entry of list) {
    const [network = '', bits] = entry.split('/');
    const family = isIP(network) === 6 ? 'ipv6' : 'ipv4';
    const width = family === 'ipv6' ? 128 : 32;
    const prefix = bits === undefined ? width : Number(bits);
    if (!isIP(network) || !Number.isInteger(prefix) || prefix < 0 || prefix > width) {
      throw new Error(`TRUSTED_PROXIES: ${entry} should be an address or a network such as 10.0.0.0/8`);
    }
    proxies.addSubnet(network, prefix, family);
  }
  return proxies;
}

/** Whether a request comes from one of our own proxies, so that what it says of its sender is believed. */
export function isFromProxy(request: IncomingMessage, proxies: BlockList): boolean {
  return isTrusted(plainAddress(request.socket.remoteAddress ?? ''), proxies);
}

function isTrusted(address: string, proxies: BlockList): boolean {
  const version = isIP(address);
  return version !== 0 && proxies.check(address, version === 6 ? 'ipv6' : 'ipv4');
}

/** As a socket would tell it, so that one viewer is one whoever writes the address down. */
function canonicalAddress(address: string): string {
  const parsed = parseIpAddress(address);
  if (parsed?.family === 4) return ipv4Text(parsed.number);
  const [unscoped = ''] = address.split('%');
  return URL.parse(`http://[${unscoped}]`)?.hostname.slice(1, -1) ?? address;
}

function plainAddress(address: string): string {
  return address.startsWith('::ffff:') && address.includes('.') ? address.slice(7) : address;
}
