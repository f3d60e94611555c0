import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** What a request is called in logs and in its answer: as our own proxy named it, else a new name. */
export function requestIdOf(headers: IncomingHttpHeaders, isFromProxy: boolean): string {
  const given = headers['x-request-id'];
  return isFromProxy && typeof given === 'string' && /^[\w.:-]{1,128}$/.test(given) ? given : randomUUID();
}
