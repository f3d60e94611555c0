/**
 * The host of a page, compared without case, port and `www.`; null where it is no web page.
 * Only the host is kept: paths and queries of other people's sites are none of our business.
 */
export function siteOf(page: string | undefined): string | null {
  if (!page || !URL.canParse(page)) return null;
  const { protocol, hostname } = new URL(page);
  if (protocol !== 'http:' && protocol !== 'https:') return null;
  const host = hostname.replace(/^www\./, '').replace(/\.$/, '');
  return host.length > 0 && host.length <= 253 ? host : null;
}
