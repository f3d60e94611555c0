// Answers of the open endpoints: any site may read them, errors are RFC 9457 problem details.
import { type ServerResponse, STATUS_CODES } from 'node:http';

export type Problem = { type: 'about:blank'; title: string; status: number; detail: string; ids?: unknown[] };

export function problem(status: number, detail: string): Problem {
  return { type: 'about:blank', title: STATUS_CODES[status] ?? 'Error', status, detail };
}

export function sendProblem(response: ServerResponse, reason: Problem, headers: Record<string, string> = {}): void {
  send(response, reason.status, 'application/problem+json', JSON.stringify(reason), headers);
}

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  send(response, status, 'application/json', JSON.stringify(body), {});
}

function send(
  response: ServerResponse,
  status: number,
  type: string,
  body: string,
  headers: Record<string, string>,
): void {
  if (response.destroyed || response.headersSent) return;
  response.writeHead(status, {
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    'access-control-allow-origin': '*',
    'access-control-expose-headers': 'Retry-After',
    ...headers,
  });
  response.end(body);
}
