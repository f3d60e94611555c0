// Which door a request goes through: own-paths.ts lists what is answered here, everything else is the pages'.
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, BlockList } from 'node:net';
import type { Logger } from 'pino';
import type { Accounts } from '#accounts/accounts.ts';
import type { KeyDirectory } from '#accounts/key-directory.ts';
import { isLocalVisit, may } from '#accounts/may.ts';
import { isReportingKey } from '#accounts/reporting-key.ts';
import { identify } from '#accounts/visitor.ts';
import type { Db } from '#db/client.ts';
import { type Health, serveHealth } from '#health/health-http.ts';
import { bearerOf } from '#ingest/admission.ts';
import { type Door, serveViews } from '#ingest/door.ts';
import { readBody } from '#ingest/read-body.ts';
import { isFromProxy, senderOf } from '#ingest/sender.ts';
import { type OpeningDoor, serveOpening } from '#opening/door.ts';
import { serveLiveUpdates } from '#reports/live-http.ts';
import type { LiveUpdates } from '#reports/live-updates.ts';
import { serveCall } from '#security/action-call.ts';
import { isForged } from '#security/forged.ts';
import { type Setting, securityHeaders } from '#security/headers.ts';
import { type RequestAddress, requestAddress } from '#security/request-address.ts';
import { requestIdOf } from '#security/request-id.ts';
import { problemOfBody, problemOfKind, withBody } from '#security/sent-form.ts';
import { type IdentifyDoor, serveIdentify } from '#viewers/door.ts';
import { listen } from './listen.ts';
import { type OwnPath, ownPathOf } from './own-paths.ts';
import type { Pages } from './pages.ts';
import { type Problem, problem, sendProblem } from './problem.ts';
import { serverAddress } from './server-address.ts';

export type Doors = {
  /** Absent where this process does not have the role. */
  door: Door | undefined;
  opening: OpeningDoor | undefined;
  identify: IdentifyDoor | undefined;
  keys: KeyDirectory;
  proxies: BlockList;
  pages: Pages | undefined;
  liveUpdates: LiveUpdates;
  accounts: Accounts;
  /** Whether everybody may read the dashboards. */
  isOpen: boolean;
  db: Db;
  health: Health;
  security: Setting;
  /** Where browsers reach this server, if it was told. */
  baseUrl: string | undefined;
  logger: Logger;
};

export type Http = { url: string; stop(): Promise<void> };

// A client gets this long to send its headers and its whole request; idle connections are closed.
const headersTimeoutMs = 10_000;
const requestTimeoutMs = 20_000;
const keepAliveTimeoutMs = 30_000;
// Node looks for those whose time is up every thirty seconds unless told: ten seconds would be forty.
const lookForSlowEveryMs = 1_000;
// What pages and their actions take; the views' own door has its own limit.
const maxBodyBytes = 64 * 1_024;
// What is still being answered when the server stops gets this long.
const stopDeadlineMs = 5_000;

/** Starts to listen. Rejects with a sentence that names HOST or PORT when it cannot. */
export async function openHttp({ HOST, PORT }: { HOST: string; PORT: number }, doors: Doors): Promise<Http> {
  const viewsHeaders = securityHeaders('/api/views', '', doors.security);
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
      const named = nameRequest(request, doors.proxies);
      const { requestId } = named;
      const path = pathOf(request);
      const own = ownPathOf(path);
      const answered =
        own === '/api/views' && doors.door
          ? serveViews(doors.door, request, response, { ...viewsHeaders, 'x-request-id': requestId })
          : route(doors, { ...named, path, own }, request, response);
      answered.catch((error) => {
        doors.logger.error({ err: error, requestId }, 'a request failed');
        sendProblem(response, problem(500, 'Something broke on our side.'), { 'x-request-id': requestId });
        response.end();
      });
    },
  );
  // Nobody is led on to another server.
  server.on('connect', (_, socket) => {
    socket.on('error', () => {});
    socket.end('HTTP/1.1 405 Method Not Allowed\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
  });
  if (doors.pages?.upgrade) server.on('upgrade', doors.pages.upgrade);
  await listen(server, { HOST, PORT });
  const { port } = server.address() as AddressInfo;
  return { url: serverAddress({ HOST, PORT: port }), stop: () => stop(server) };
}

type Named = { requestId: string; isProxied: boolean };
type Routed = Named & { path: string; own: OwnPath | undefined };

function nameRequest(request: IncomingMessage, proxies: BlockList): Named {
  const isProxied = isFromProxy(request, proxies);
  return { requestId: requestIdOf(request.headers, isProxied), isProxied };
}

function pathOf(request: IncomingMessage): string {
  // Some proxies ask with the whole address, which pages would redirect to.
  request.url = (request.url ?? '/').replace(/^https?:\/\/[^/?#]*\/?/i, '/');
  // Dots that are written otherwise lead up all the same: headers and pages go by one path.
  if (/%2e/i.test(request.url)) request.url = URL.parse(request.url, 'http://localhost')?.href.slice(16) ?? '/';
  return request.url.split('?', 1)[0] ?? '/';
}

async function route(
  doors: Doors,
  { requestId, isProxied, path, own }: Routed,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const nonce = randomUUID();
  const headers = securityHeaders(path, nonce, doors.security);
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  response.setHeader('x-request-id', requestId);
  if (own === '/api/opening-balances' && doors.opening) return serveOpening(doors.opening, request, response);
  if (own === '/api/identify' && doors.identify) return serveIdentify(doors.identify, request, response);
  const address = requestAddress(request.headers, isProxied);
  const refusal = address ? refusalOf(request, path, originsOf(address, doors.baseUrl)) : noHost;
  if (!address || refusal) return refuse(request, response, refusal ?? noHost);
  const isLocal = isLocalVisit(request.headers, request.socket.remoteAddress);
  const visitor = () => identify(doors.accounts, { headers: sessionOf(request), isLocal, isOpen: doors.isOpen });
  if (own === '/api/live' && doors.pages) {
    return serveLiveUpdates({ updates: doors.liveUpdates, db: doors.db, identify: visitor }, request, response);
  }
  const mayOperate = async () =>
    (await isReportingKey(doors.keys, bearerOf(request.headers), Date.now())) ||
    may(await visitor(), 'installation:operate');
  if (await serveHealth(doors.health, own, mayOperate, response)) return;
  if (!doors.pages) return sendProblem(response, problem(404, 'There is nothing here.'));
  // Pages read all of these; what the client wrote in them is not believed, or only as far as our proxies go.
  Object.assign(request.headers, {
    'x-boxoffice-local': isLocal ? 'yes' : 'no',
    'x-boxoffice-path': request.url,
    'x-forwarded-for': senderOf(request, doors.proxies).address,
    ...forwardedBy(request, address),
    'x-request-id': requestId,
    'x-nonce': nonce,
    'content-security-policy': headers['content-security-policy'],
  });
  // The compiler's own page of errors sends what is no form.
  const isCompilers = doors.security.isDevelopment && path.startsWith('/__nextjs');
  if (request.method === 'POST' && !isCompilers) return servePost(doors.pages, request, response);
  return doors.pages.serve(request, response);
}

/** The body is read before the pages are asked: what is no form, or too large, is told in words and not as a failure of theirs. */
async function servePost(pages: Pages, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const kind = problemOfKind(request);
  if (kind) return refuse(request, response, kind);
  const read = await readBody(request, maxBodyBytes, 'lines');
  if ('status' in read) return refuse(request, response, read);
  const reason = await problemOfBody(request, read.body);
  if (reason) return refuse(request, response, reason);
  return serveCall((isMistaken) => {
    let status = response.statusCode;
    // Pages call it a failure of theirs where the arguments of an action cannot be read.
    const set = (given: number) => {
      status = given >= 500 && isMistaken() ? 400 : given;
    };
    Object.defineProperty(response, 'statusCode', { get: () => status, set });
    return pages.serve(withBody(request, read.body), response);
  });
}

function sessionOf({ headers }: IncomingMessage): Headers {
  return new Headers(headers.cookie ? { cookie: headers.cookie } : {});
}

const noHost = problem(400, 'The Host of the request is no host name.');

// What readers see when a page breaks or is none, which Next answers by these names too, the first as a failure.
const innerPages = ['/_global-error', '/_not-found'];
const pageMethods = ['GET', 'HEAD', 'POST', 'OPTIONS'];

/** Why pages are not asked; undefined where they are. */
function refusalOf({ method, headers }: IncomingMessage, path: string, origins: string[]): Problem | undefined {
  // Pages would take each of these for a failure of theirs.
  if (!pageMethods.includes(method ?? '')) return problem(405, `Nothing here answers ${method}.`);
  if (!path.startsWith('/')) return problem(400, 'The path does not begin with a slash.');
  if (innerPages.includes(path)) return problem(404, 'There is nothing here.');
  if (!isDecodable(path)) return problem(400, 'The path has a % that stands for nothing.');
  if (isForged(method, headers, origins)) {
    return problem(
      403,
      'The request comes from a page of another site. If that is this server, set BASE_URL to its address.',
    );
  }
  if (headers.origin !== undefined && headers.origin !== 'null' && !URL.canParse(headers.origin))
    return problem(400, 'The Origin of the request is no address.');
}

function originsOf({ protocol, host }: RequestAddress, baseUrl: string | undefined): string[] {
  return [`${protocol}://${host}`, ...(baseUrl ? [new URL(baseUrl).origin] : [])];
}

/** Next compares a POST's origin with the host once more: what is here was found to be ours before. */
function forwardedBy({ method, headers }: IncomingMessage, { protocol, host }: RequestAddress): Record<string, string> {
  const origin = method === 'POST' && headers.origin ? URL.parse(headers.origin)?.host : undefined;
  return { 'x-forwarded-host': origin ?? host, 'x-forwarded-proto': protocol };
}

/**
 * Answers instead of the pages. A body that is not too large is read first, since whoever still writes while the connection is closed
 * hears no answer; of a larger one the rest would look like a request.
 */
async function refuse(request: IncomingMessage, response: ServerResponse, reason: Problem): Promise<void> {
  const { complete, headers } = request;
  const hasBody = !complete && (headers['transfer-encoding'] ?? headers['content-length'] ?? '0') !== '0';
  if (hasBody && reason.status !== 413 && !request.destroyed) await readBody(request, maxBodyBytes);
  if (reason.status === 405) response.setHeader('allow', pageMethods.join(', '));
  sendProblem(response, reason, hasBody && !request.complete ? { connection: 'close' } : {});
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
