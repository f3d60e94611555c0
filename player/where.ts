// Other people's queries and fragments are none of our business, and a request has room for fifty views.
const maxLength = 300;

/** The page a view is seen on. For an embed that is the page it is embedded in: the frame's referrer. */
export function whereSeen(embeds: string): { page?: string; referrer?: string } {
  const isEmbedded = window !== top && location.href.startsWith(embeds);
  const referrer = plain(document.referrer);
  return isEmbedded ? { page: referrer } : { page: plain(location.href), referrer };
}

function plain(url: string): string | undefined {
  return url.replace(/[?#].*/, '').slice(0, maxLength) || undefined;
}
