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
  find: () => Promise<T | undefined>,
  answer: (found: T) => Response,
): Promise<Response> {
  try {
    const found = await find();
    return found === undefined ? problemAnswer(404, 'No video has this key.', publicHeaders) : answer(found);
  } catch (error) {
    console.error('a public count could not be read', error);
    const headers = { ...anyOrigin, 'Cache-Control': 'no-store' };
    if (!isDatabaseAway(error)) {
      return problemAnswer(500, 'Something broke on our side.', headers);
    }
    const detail = 'The database is away. Try again soon.';
    return problemAnswer(503, detail, { ...headers, 'Retry-After': '5' });
  }
}

export function problemAnswer(status: number, detail: string, headers: Record<string, string>): Response {
  return Response.json(problem(status, detail), { status, headers: { ...headers, 'Content-Type': problemType } });
}
