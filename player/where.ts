// Other people's queries and fragments are none of our business, and a request has room for fifty views.
const maxLength = 300;
const maxTitleLength = 200;

type Where = { page?: string; referrer?: string; title?: string };

/** The page a view is seen on. For an embed that is the page it is embedded in: the frame's referrer, whose title is not told. */
export function whereSeen(embeds: string): Where {
  const isEmbedded = window !== top && location.href.startsWith(embeds);
  const referrer = plain(document.referrer);
  if (isEmbedded) return { page: referrer };
  return { page: plain(location.href), referrer, title: document.title.slice(0, maxTitleLength) };
}

function plain(url: string): string | undefined {
  return url.replace(/[?#].*/, '').slice(0, maxLength) || undefined;
}
