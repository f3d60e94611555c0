// Answers of the view endpoint, which any site may read.
import type { ServerResponse } from 'node:http';
import { type Problem, sendProblem } from '#problem.ts';

const openHeaders = { 'access-control-allow-origin': '*', 'access-control-expose-headers': 'Retry-After' };

export function sendOpenProblem(response: ServerResponse, reason: Problem, headers: Record<string, string> = {}): void {
  sendProblem(response, reason, { ...openHeaders, ...headers });
}

export function sendJson(response: ServerResponse, body: unknown): void {
  if (response.destroyed || response.headersSent) return;
  const text = JSON.stringify(body);
  response.writeHead(200, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
    ...openHeaders,
  });
  response.end(text);
}
