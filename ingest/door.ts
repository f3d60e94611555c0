// POST /api/views over plain node:http: the hot path, answered before Next sees it.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Problem, problem } from '#problem.ts';
import { admit, bearerOf, type Gate } from './admission.ts';
import { Unavailable } from './failure.ts';
import { sendJson, sendRefusal } from './http-answer.ts';
import { readViews } from './read-body.ts';
import { type Ingest, recordViews } from './record-views.ts';

const retryAfterSeconds = 2;

export type Door = Gate & { ingest: Ingest };

/** Answers one request to the view endpoint, each time with `head`. Rejects only for bugs, after a 500. */
export async function serveViews(
  door: Door,
  request: IncomingMessage,
  response: ServerResponse,
  head: Record<string, string> = {},
): Promise<void> {
  if (request.method === 'OPTIONS') {
    sendPreflight(response, head);
    return;
  }
  // A key in a browser is everybody's: no page gets to read what it is answered.
  const readers = bearerOf(request.headers) === undefined ? 'any site' : 'its server';
  const refuse: Refuse = (reason, headers = {}) =>
    sendRefusal(response, readers, reason, withClose(request, { ...head, ...headers }));
  if (request.method !== 'POST') return refuse(problem(405, 'Send views with POST.'), { allow: 'POST, OPTIONS' });
  const admitted = await admit(door, request, door.ingest.clock());
  if ('problem' in admitted) return refuse(admitted.problem, admitted.headers);
  const read = await readViews(request, admitted.terms);
  if ('status' in read) return refuse(read);
  try {
    const results = await recordViews(door.ingest, read.bodies, admitted.sender);
    sendJson(response, readers, read.isArray ? results : results[0], { headers: head });
  } catch (error) {
    sendFailure(refuse, error, read.bodies);
  }
}

/** What is answered before the body was read closes the connection, since the rest of it would look like a request. */
function withClose(request: IncomingMessage, headers: Record<string, string>): Record<string, string> {
  return request.complete ? headers : { ...headers, connection: 'close' };
}

type Refuse = (reason: Problem, headers?: Record<string, string>) => void;

function sendFailure(refuse: Refuse, error: unknown, bodies: unknown[]): void {
  if (!(error instanceof Unavailable)) {
    refuse(problem(500, 'Something broke on our side. Send the same ids again.'));
    throw error;
  }
  const ids = bodies.map(idOf);
  const detail = `${error.message} Nothing was acknowledged: send the same ids again.`;
  refuse({ ...problem(503, detail), ids }, { 'retry-after': String(retryAfterSeconds) });
}

/** The id as it was sent; null for anything but a text, which may be too deep to be written again. */
function idOf(body: unknown): string | null {
  const hasId = typeof body === 'object' && body !== null && 'id' in body;
  return hasId && typeof body.id === 'string' ? body.id : null;
}

/** What a page asks before it sends another type than text: any site may, but without a key. */
export function sendPreflight(response: ServerResponse, head: Record<string, string>): void {
  response.writeHead(204, {
    ...head,
    'access-control-allow-origin': '*',
    'access-control-allow-methods': 'POST',
    // Not `authorization`: keys are for servers.
    'access-control-allow-headers': 'content-type',
    'access-control-max-age': '86400',
  });
  response.end();
}
