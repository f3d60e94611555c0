// The view endpoint over real HTTP, and sockets to say to it what no HTTP client would.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Accounts } from '#accounts/accounts.ts';
import type { KeyDirectory } from '#accounts/key-directory.ts';
import { sessionActor } from '#accounts/visitor.ts';
import { serveViews } from '#ingest/door.ts';
import { rateLimit } from '#ingest/rate-limit.ts';
import type { Ingest } from '#ingest/record-views.ts';
import { parseProxies } from '#ingest/sender.ts';
import { chrome } from './factories.ts';

export type TestDoor = {
  url: string;
  /** Sends `body` as a browser does; objects as JSON. */
  post(body: unknown, headers?: Record<string, string>): Promise<Response>;
  /** Writes `request` as it is and gives what comes back until the server closes. */
  say(...request: (string | Buffer)[]): Promise<string>;
  close(): Promise<void>;
};

export type DoorOptions = { perSecond?: number; proxies?: string[]; ownOrigin?: string; accounts?: Accounts };

export async function openDoor(
  ingest: Ingest & { keys: KeyDirectory },
  { perSecond = 0, proxies = [], ownOrigin, accounts }: DoorOptions = {},
): Promise<TestDoor> {
  const door = {
    ...{ ingest, keys: ingest.keys, limit: rateLimit(perSecond), proxies: parseProxies(proxies), ownOrigin },
    actorOf: async (cookie: string) =>
      accounts ? sessionActor(accounts, new Headers({ cookie })) : ({ kind: 'nobody' } as const),
  };
  const server = createServer((request, response) => {
    serveViews(door, request, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}/api/views`;
  return {
    url,
    post: (body, headers = {}) =>
      fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'user-agent': chrome, ...headers },
        body: typeof body === 'string' ? body : Buffer.isBuffer(body) ? new Uint8Array(body) : JSON.stringify(body),
      }),
    async say(...request) {
      const socket = connect(port, '127.0.0.1');
      socket.on('error', () => {});
      for (const part of request) socket.write(part);
      return text(socket);
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
