// Who sent a view, as far as its request tells.
import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';

export type Sender = {
  /** The client's IP address; used for the rate limit and the daily viewer hash, never stored. */
  address: string;
  userAgent: string;
  /** The Origin header, where a browser sent one. */
  origin: string | undefined;
  /** Global Privacy Control: the device id is not used. */
  hasPrivacySignal: boolean;
};

/** Reads the sender of a request. `address` trusts X-Forwarded-For only as far as `proxies` goes. */
export function senderOf(request: IncomingMessage, proxies: BlockList): Sender {
  const { headers } = request;
  return {
    address: clientAddress(request.socket.remoteAddress ?? '', headers['x-forwarded-for'], proxies),
    userAgent: headers['user-agent'] ?? '',
    origin: headers.origin,
    hasPrivacySignal: headers['sec-gpc'] === '1',
  };
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

function plainAddress(address: string): string {
  return address.startsWith('::ffff:') ? address.slice(7) : address;
}
