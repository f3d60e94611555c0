// The way to the view endpoint. A plain text body needs no preflight request.
import type { Answer, SentView } from './send.ts';

// A connection that went silent is given up; the same ids are sent again.
const deadlineMs = 30_000;

/** Sends a batch so that it survives the page. Throws if no answer comes. */
export async function postTo(endpoint: string, views: SentView[]): Promise<Answer> {
  const abort = new AbortController();
  const deadline = setTimeout(() => abort.abort(), deadlineMs);
  try {
    const response = await fetch(endpoint, {
      method: 'POST',
      keepalive: true,
      // A page of the server itself tells who is signed in, whose views may not count. Elsewhere no cookie is sent.
      credentials: 'same-origin',
      headers: { 'content-type': 'text/plain' },
      body: JSON.stringify(views),
      signal: abort.signal,
    });
    return {
      status: response.status,
      retryAfterSeconds: Number(response.headers.get('retry-after')) || 0,
      results: response.ok ? resultsIn(await response.json(), views.length) : undefined,
    };
  } finally {
    clearTimeout(deadline);
  }
}

/** A hotel's log-in page also answers 200: only a list with a result for each view is an answer. */
function resultsIn(body: unknown, count: number): Answer['results'] {
  return Array.isArray(body) && body.length === count ? body : undefined;
}
