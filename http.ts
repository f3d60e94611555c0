// Which door a request goes through: views and event streams are answered here, everything else by the pages.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, BlockList } from 'node:net';
import type { Logger } from 'pino';
import { isLocalVisit, may, visitorOf } from '#accounts/may.ts';
import type { Db } from '#db/client.ts';
import { type Health, serveHealth } from '#health/health-http.ts';
import { type Door, serveViews } from '#ingest/door.ts';
import { senderOf } from '#ingest/sender.ts';
import { serveLiveUpdates } from '#reports/live-http.ts';
import type { LiveUpdates } from '#reports/live-updates.ts';
import { listen } from './listen.ts';
import type { Pages } from './pages.ts';
import { problem, sendProblem } from './problem.ts';

export type Doors = {
  /** Absent where this process does not have the role. */
  door: Door | undefined;
  proxies: BlockList;
  pages: Pages | undefined;
  liveUpdates: LiveUpdates;
  /** Whether everybody may read the dashboards. */
  isOpen: boolean;
  db: Db;
  health: Health;
  logger: Logger;
};

export type Http = { url: string; stop(): Promise<void> };

// A client gets this long to send its headers and its whole request; idle connections are closed.
const headersTimeoutMs = 10_000;
const requestTimeoutMs = 20_000;
const keepAliveTimeoutMs = 30_000;
// Node looks for those whose time is up every thirty seconds unless told: ten seconds would be forty.
const lookForSlowEveryMs = 1_000;
// What is still being answered when the server stops gets this long.
const stopDeadlineMs = 5_000;

/** Starts to listen. Rejects with a sentence that names HOST or PORT when it cannot. */
export async function openHttp({ HOST, PORT }: { HOST: string; PORT: number }, doors: Doors): Promise<Http> {
  const server = createServer(
    {
      headersTimeout: headersTimeoutMs,
      requestTimeout: requestTimeoutMs,
      keepAliveTimeout: keepAliveTimeoutMs,
      connectionsCheckingInterval: lookForSlowEveryMs,
    },
    (request, response) => {
      // A client that keeps sending on one connection would hold up a server that stops.
      if (!server.listening) response.setHeader('connection', 'close');
      route(doors, request, response).catch((error) => {
        doors.logger.error(error, 'a request failed');
        if (!response.headersSent) response.writeHead(500);
        response.end();
      });
    },
  );
  if (doors.pages?.upgrade) server.on('upgrade', doors.pages.upgrade);
  await listen(server, { HOST, PORT });
  const { port } = server.address() as AddressInfo;
  const host = HOST.includes(':') ? `[${HOST}]` : HOST;
  return { url: `http://${host}:${port}`, stop: () => stop(server) };
}

async function route(doors: Doors, request: IncomingMessage, response: ServerResponse): Promise<void> {
  // Some proxies ask with the whole address, which pages would redirect to.
  request.url = (request.url ?? '/').replace(/^https?:\/\/[^/?#]*\/?/i, '/');
  const [path = '/'] = request.url.split('?', 1);
  if (path === '/api/views' && doors.door) return serveViews(doors.door, request, response);
  const isLocal = isLocalVisit(request.headers);
  const visitor = visitorOf({ isLocal, isOpen: doors.isOpen });
  if (path === '/api/live' && doors.pages && may(visitor, 'dashboards:read')) {
    return serveLiveUpdates(doors.liveUpdates, doors.db, request, response);
  }
  if (await serveHealth(doors.health, path, may(visitor, 'installation:operate'), response)) return;
  // Pages would take such a path for a failure of theirs.
  if (!isDecodable(path)) return sendProblem(response, problem(400, 'The path has a % that stands for nothing.'));
  if (doors.pages) {
    // Pages read both from these headers; what the client wrote in them is not believed, or only as far as our proxies go.
    request.headers['x-boxoffice-local'] = isLocal ? 'yes' : 'no';
    request.headers['x-forwarded-for'] = senderOf(request, doors.proxies).address;
    return doors.pages.serve(request, response);
  }
  sendProblem(response, problem(404, 'There is nothing here.'));
}

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

async function stop(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), stopDeadlineMs);
  await closed;
  clearTimeout(timer);
}
