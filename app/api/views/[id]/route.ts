import { z } from 'zod';
import { problemAnswer, publicAnswer } from '#app/public-answer.ts';
import { receipt } from '#reports/receipt.ts';
import { runtime } from '#runtime.ts';

const viewId = z.uuidv7().toLowerCase();
const headers = { 'Access-Control-Allow-Origin': '*', 'Cache-Control': 'no-store' };

/** The receipt of a view. Whoever has its id, which nobody can guess, may read it. */
export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const parsed = viewId.safeParse((await params).id);
  if (!parsed.success)
    return problemAnswer(request, 400, 'The id of a view is a UUIDv7, as the answer to it said.', headers);
  const { db, timeZone } = runtime();
  return publicAnswer(
    request,
    () => receipt(db, 'all', parsed.data, timeZone),
    (found) => Response.json(found, { headers }),
  );
}
