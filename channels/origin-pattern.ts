// What stands on a channel's list of sites: a host, the sub-domains of one, or one of two words.

/** Requests without an Origin header: apps, and servers without a key. */
export const noOrigin = 'none';
/** Requests whose Origin header is `null`: pages from files, and frames that are sandboxed. */
export const opaqueOrigin = 'null';

const maxHostLength = 253;

/**
 * A pattern as it is stored and compared: a host in small letters and punycode, without scheme, port and `www.`, or `*.` and a
 * host. Undefined where the text is no pattern.
 */
export function originPattern(text: string): string | undefined {
  const plain = text.trim().toLowerCase();
  if (plain === noOrigin || plain === opaqueOrigin) return plain;
  const [, wildcard = '', address = ''] = /^(?:https?:\/\/)?(\*\.)?(.*)$/.exec(plain) ?? [];
  const url = URL.parse(`http://${address}`);
  if (url?.username !== '' || url.pathname !== '/' || /[?#@]/.test(address)) return undefined;
  const host = url.hostname.replace(/\.$/, '');
  if (!/^([a-z0-9_-]+(\.[a-z0-9_-]+)*|\[[\da-f:]+\])$/.test(host) || host.length > maxHostLength) return undefined;
  if (wildcard) return host.startsWith('[') || isIpv4(host) ? undefined : `*.${host}`;
  return host.replace(/^www\./, '');
}

/** Whether a pattern names sites, and is none of the two words. */
export function isSite(pattern: string): boolean {
  return pattern !== noOrigin && pattern !== opaqueOrigin;
}

function isIpv4(host: string): boolean {
  return /^\d+(\.\d+){3}$/.test(host);
}
