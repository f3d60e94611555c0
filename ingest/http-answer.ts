// Answers of the view endpoint. Any site may read those to requests without a key; those to a key are for its server.
import type { ServerResponse } from 'node:http';
import { type Problem, sendProblem } from '#problem.ts';

export type Readers = 'any site' | 'its server';

const readableBy: Record<Readers, Record<string, string>> = {
  'any site': { 'access-control-allow-origin': '*', 'access-control-expose-headers': 'Retry-After' },
  'its server': {},
};

export function sendRefusal(
  response: ServerResponse,
  readers: Readers,
  reason: Problem,
  headers: Record<string, string> = {},
): void {
  sendProblem(response, reason, { ...readableBy[readers], ...headers });
}

type Head = { status?: number; headers?: Record<string, string> };

/** All headers at once, `headers` among them: those that were set before cost an answer 4 us more (2026-11-25). */
export function sendJson(
  response: ServerResponse,
  readers: Readers,
  body: unknown,
  { status = 200, headers }: Head = {},
): void {
  if (response.destroyed || response.headersSent) return;
  const text = JSON.stringify(body);
  response.writeHead(status, {
    ...headers,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
    ...readableBy[readers],
  });
  response.end(text);
}
