// What a browser sends to a page: a form, or the call of a server action. Read here as a whole, so that what is neither is refused in
// words before it reaches the pages.
import { IncomingMessage } from 'node:http';
import { type Problem, problem } from '#problem.ts';

/** What is wrong with the kind of a POST to a page; undefined for those that pages take. */
export function problemOfKind({ headers }: IncomingMessage): Problem | undefined {
  const type = headers['content-type'] ?? '';
  if (type.startsWith('multipart/form-data') || (isCall(headers) && type.startsWith('text/plain'))) return undefined;
  return problem(415, 'Pages take forms, as multipart/form-data, and calls of their actions.');
}

/** What is wrong with the body of such a POST. */
export async function problemOfBody({ headers }: IncomingMessage, body: Buffer): Promise<Problem | undefined> {
  const type = headers['content-type'] ?? '';
  if (type.startsWith('text/plain')) {
    return isList(body) ? undefined : problem(400, 'The body is no list of arguments.');
  }
  try {
    await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
  } catch {
    return problem(400, 'The body is no form as its content-type says.');
  }
}

/** The same request with its body, which was read, to be read once more. */
export function withBody(request: IncomingMessage, body: Buffer): IncomingMessage {
  const { method, url, headers, rawHeaders, httpVersion, httpVersionMajor, httpVersionMinor } = request;
  const again = new IncomingMessage(request.socket);
  Object.assign(again, { method, url, headers, rawHeaders, httpVersion, httpVersionMajor, httpVersionMinor });
  again.complete = true;
  again.push(body);
  again.push(null);
  return again;
}

function isCall(headers: IncomingMessage['headers']): boolean {
  return headers['next-action'] !== undefined;
}

function isList(body: Buffer): boolean {
  try {
    return Array.isArray(JSON.parse(body.toString()));
  } catch {
    return false;
  }
}
