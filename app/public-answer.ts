import { isDatabaseAway } from '#db/database-away.ts';
import { problem, problemType } from '#problem.ts';

// How the small public routes (counts, badges) answer: to any page, and from caches for a moment.
const anyOrigin = { 'Access-Control-Allow-Origin': '*', 'Access-Control-Expose-Headers': 'Retry-After' };

export const publicHeaders = { ...anyOrigin, 'Cache-Control': 'public, max-age=10, stale-while-revalidate=60' };

/**
 * Answers with what `find` finds, 404 when there is nothing, 503 while the database is away, 500 for a bug.
 * Errors are as RFC 9457 has them.
 */
export async function publicAnswer<T>(
  request: Request,
  find: () => Promise<T | undefined>,
  answer: (found: T) => Response,
): Promise<Response> {
  try {
    const found = await find();
    return found === undefined ? problemAnswer(request, 404, 'No video has this key.', publicHeaders) : answer(found);
  } catch (error) {
    console.error(`a public count could not be read, request ${requestIdOf(request)}`, error);
    const headers = { ...anyOrigin, 'Cache-Control': 'no-store' };
    if (!isDatabaseAway(error)) {
      return problemAnswer(request, 500, 'Something broke on our side.', headers);
    }
    const detail = 'The database is away. Try again soon.';
    return problemAnswer(request, 503, detail, { ...headers, 'Retry-After': '5' });
  }
}

export function problemAnswer(
  request: Request,
  status: number,
  detail: string,
  headers: Record<string, string>,
): Response {
  const body = { ...problem(status, detail), requestId: requestIdOf(request) };
  return Response.json(body, { status, headers: { ...headers, 'Content-Type': problemType } });
}

/** Our own server puts it there. */
function requestIdOf(request: Request): string | undefined {
  return request.headers.get('x-request-id') ?? undefined;
}
