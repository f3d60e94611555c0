// POST /api/views over plain node:http: the hot path, answered before Next sees it.
import { isUtf8 } from 'node:buffer';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { BlockList } from 'node:net';
import { type Problem, problem } from '#problem.ts';
import { Unavailable } from './failure.ts';
import { sendJson, sendOpenProblem } from './http-answer.ts';
import { type Ingest, recordViews } from './record-views.ts';
import { senderOf } from './sender.ts';
import { maxViewsPerRequest } from './wire.ts';

const maxBodyBytes = 64 * 1024;
const retryAfterSeconds = 2;

export type Door = {
  ingest: Ingest;
  /** Seconds that an address has to wait, 0 for go. */
  limit: (address: string, now: number) => number;
  proxies: BlockList;
};

/** Answers one request to the view endpoint. Rejects only for bugs, after a 500. */
export async function serveViews(door: Door, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method === 'OPTIONS') {
    sendPreflight(response);
    return;
  }
  if (request.method !== 'POST') {
    return refuse(request, response, problem(405, 'Send views with POST.'), { allow: 'POST, OPTIONS' });
  }
  const sender = senderOf(request, door.proxies);
  const wait = door.limit(sender.address, door.ingest.clock());
  if (wait > 0) {
    return refuse(request, response, problem(429, `Too many requests from this address: wait ${wait} s.`), {
      'retry-after': String(wait),
    });
  }
  const read = await readBody(request);
  if ('status' in read) return refuse(request, response, read);
  const parsed = parseBody(request.headers['content-type'], read.body);
  if ('status' in parsed) return refuse(request, response, parsed);
  try {
    const results = await recordViews(door.ingest, parsed.bodies, sender);
    sendJson(response, parsed.isArray ? results : results[0]);
  } catch (error) {
    sendFailure(response, error, parsed.bodies);
  }
}

function sendFailure(response: ServerResponse, error: unknown, bodies: unknown[]): void {
  if (!(error instanceof Unavailable)) {
    sendOpenProblem(response, problem(500, 'Something broke on our side. Send the same ids again.'));
    throw error;
  }
  const ids = bodies.map(idOf);
  const detail = `${error.message} Nothing was acknowledged: send the same ids again.`;
  sendOpenProblem(response, { ...problem(503, detail), ids }, { 'retry-after': String(retryAfterSeconds) });
}

/** The id as it was sent; null for anything but a text, which may be too deep to be written again. */
function idOf(body: unknown): string | null {
  const hasId = typeof body === 'object' && body !== null && 'id' in body;
  return hasId && typeof body.id === 'string' ? body.id : null;
}

/** Resolves to the body, or to the problem with it; stops reading at the limit. */
function readBody(request: IncomingMessage): Promise<{ body: Buffer } | Problem> {
  const tooLarge = problem(413, `A request may have ${maxBodyBytes} bytes: send fewer views at once.`);
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

type Parsed = { bodies: unknown[]; isArray: boolean };

function parseBody(contentType: string | undefined, body: Buffer): Parsed | Problem {
  // text/plain spares browsers the CORS preflight; a form's types are what a stray form on some site would send.
  const type = contentType?.split(';')[0]?.trim().toLowerCase() ?? 'application/json';
  if (type !== 'application/json' && type !== 'text/plain') {
    return problem(400, `The body is ${type}: send JSON as application/json or text/plain.`);
  }
  if (!isUtf8(body)) return problem(400, 'The body is not UTF-8.');
  const json = parseJson(body.toString());
  if (json === undefined) return problem(400, 'The body is not JSON: send one view or an array of views.');
  if (!Array.isArray(json)) return { bodies: [json], isArray: false };
  if (json.length === 0 || json.length > maxViewsPerRequest) {
    return problem(400, `The array has ${json.length} views: send 1 to ${maxViewsPerRequest}.`);
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

function sendPreflight(response: ServerResponse): void {
  response.writeHead(204, {
    'access-control-allow-origin': '*',
    'access-control-allow-methods': 'POST',
    'access-control-allow-headers': 'content-type',
    'access-control-max-age': '86400',
  });
  response.end();
}

/** Answers before the body was read; the connection is closed, since the rest of it would look like a request. */
function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  reason: Problem,
  headers: Record<string, string> = {},
): void {
  sendOpenProblem(response, reason, request.complete ? headers : { ...headers, connection: 'close' });
}
