// /livez: the process runs. /readyz: it should be sent traffic, with reasons. /metrics: for Prometheus.
import type { ServerResponse } from 'node:http';
import type { OwnPath } from '#own-paths.ts';
import type { Metrics } from './metrics.ts';
import type { Readiness } from './readiness.ts';

export type Health = { readiness(): Promise<Readiness>; metrics: Metrics };

/** Answers one of the paths of health; false for any other path. `mayRead` guards what tells about the inside. */
export async function serveHealth(
  health: Health,
  path: OwnPath | undefined,
  mayRead: () => Promise<boolean>,
  response: ServerResponse,
): Promise<boolean> {
  if (path === '/livez') {
    send(response, 200, 'text/plain', 'ok');
    return true;
  }
  if (path === '/readyz') {
    const found = await health.readiness();
    // To strangers only whether, not why: a reason may name hosts. Everybody is one while the database is away.
    const body = (await mayRead().catch(() => false)) ? found : { status: found.status };
    send(response, found.status === 'ready' ? 200 : 503, 'application/json', JSON.stringify(body));
    return true;
  }
  if (path === '/metrics' && (await mayRead())) {
    send(response, 200, health.metrics.contentType, await health.metrics.scrape());
    return true;
  }
  return false;
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' });
  response.end(body);
}
