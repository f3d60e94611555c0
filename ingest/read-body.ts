import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { type Problem, problem } from '#problem.ts';
import type { Terms } from './admission.ts';

export type SentBodies = { bodies: unknown[]; isArray: boolean };

/** Resolves to the views of a request, unchecked, or to the problem with it; stops reading at the limit. */
export async function readViews(
  request: IncomingMessage,
  { maxViews, maxBodyBytes }: Terms,
): Promise<SentBodies | Problem> {
  const read = await readBody(request, maxBodyBytes);
  return 'status' in read ? read : parseBody(request.headers['content-type'], read.body, maxViews);
}

/** Resolves to what a request carries, or to the problem with it. */
export function readBody(
  request: IncomingMessage,
  maxBodyBytes: number,
  what = 'views',
): Promise<{ body: Buffer } | Problem> {
  const tooLarge = problem(413, `A request may have ${maxBodyBytes} bytes: send fewer ${what} at once.`);
  if (Number(request.headers['content-length'] ?? 0) > maxBodyBytes) return Promise.resolve(tooLarge);
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maxBodyBytes) chunks.push(chunk);
      else resolve(tooLarge);
    });
    request.once('end', () => resolve({ body: Buffer.concat(chunks) }));
    request.once('close', () => resolve(problem(400, 'The request ended before its body did.')));
  });
}

function parseBody(contentType: string | undefined, body: Buffer, maxViews: number): SentBodies | Problem {
  // text/plain spares browsers the CORS preflight; a form's types are what a stray form on some site would send.
  const type = contentType?.split(';')[0]?.trim().toLowerCase() ?? 'application/json';
  if (type !== 'application/json' && type !== 'text/plain') {
    return problem(400, `The body is ${type}: send JSON as application/json or text/plain.`);
  }
  if (!isUtf8(body)) return problem(400, 'The body is not UTF-8.');
  const json = parseJson(body.toString());
  if (json === undefined) return problem(400, 'The body is not JSON: send one view or an array of views.');
  if (!Array.isArray(json)) return { bodies: [json], isArray: false };
  if (json.length === 0 || json.length > maxViews) {
    return problem(400, `The array has ${json.length} views: send 1 to ${maxViews}.`);
  }
  return { bodies: json, isArray: true };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
