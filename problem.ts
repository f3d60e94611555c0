// What every endpoint answers when something is wrong: problem details, as RFC 9457 has them.
import { type ServerResponse, STATUS_CODES } from 'node:http';

export type Problem = {
  type: 'about:blank';
  title: string;
  status: number;
  /** What happened, and what the sender can do. */
  detail: string;
  /** What the request is called in the log. */
  requestId?: string;
  /** Of views that are to be sent again. */
  ids?: unknown[];
  /** Of a list: what is wrong with each of its members, by their places from 0. */
  problems?: { index: number; problem: string }[];
};

export const problemType = 'application/problem+json';

export function problem(status: number, detail: string): Problem {
  return { type: 'about:blank', title: STATUS_CODES[status] ?? 'Error', status, detail };
}

/** Answers with a problem, unless an answer has begun or nobody is there any more. */
export function sendProblem(response: ServerResponse, reason: Problem, headers: Record<string, string> = {}): void {
  if (response.destroyed || response.headersSent) return;
  const requestId = headers['x-request-id'] ?? response.getHeader('x-request-id')?.toString();
  const body = JSON.stringify({ ...reason, requestId });
  response.writeHead(reason.status, {
    'content-type': problemType,
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    ...headers,
  });
  response.end(body);
}
