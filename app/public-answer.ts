import { isDatabaseAway } from '#db/database-away.ts';

// How the small public routes (counts, badges) answer: to any page, and from caches for a moment.
const anyOrigin = { 'Access-Control-Allow-Origin': '*', 'Access-Control-Expose-Headers': 'Retry-After' };

export const publicHeaders = { ...anyOrigin, 'Cache-Control': 'public, max-age=10, stale-while-revalidate=60' };

/**
 * Answers with what `find` finds, 404 when there is nothing, 503 while the database is away, 500 for a bug.
 * Errors are as RFC 9457 has them.
 */
export async function publicAnswer<T>(
  find: () => Promise<T | undefined>,
  answer: (found: T) => Response,
): Promise<Response> {
  try {
    const found = await find();
    return found === undefined ? problem(404, 'Unknown video', 'No video has this key.', publicHeaders) : answer(found);
  } catch (error) {
    console.error('a public count could not be read', error);
    const headers = { ...anyOrigin, 'Cache-Control': 'no-store' };
    if (!isDatabaseAway(error)) {
      return problem(500, 'Internal Server Error', 'Something broke on our side.', headers);
    }
    const detail = 'The database is away. Try again soon.';
    return problem(503, 'Service Unavailable', detail, { ...headers, 'Retry-After': '5' });
  }
}

function problem(status: number, title: string, detail: string, headers: Record<string, string>): Response {
  return Response.json(
    { type: 'about:blank', title, status, detail },
    { status, headers: { ...headers, 'Content-Type': 'application/problem+json' } },
  );
}
