/** The address of this server that somebody is sent back to after signing in; `/` for whatever could lead anywhere else. */
export function returnPath(given: string | undefined): string {
  // Browsers take a backslash for a slash, and leave tabs and line ends out.
  if (!given || !/^\/[^\\\s\p{Cc}]*$/u.test(given)) return '/';
  const [path = ''] = given.split(/[?#]/, 1);
  if (/^\/\/|%(2f|5c|[01][\da-f]|7f)/i.test(path)) return '/';
  const base = 'http://this.server';
  const url = URL.parse(given, base);
  // Without its dots a path such as /.//evil.example begins with two slashes.
  if (url?.origin !== base || url.pathname.startsWith('//')) return '/';
  return `${url.pathname}${url.search}${url.hash}`;
}
