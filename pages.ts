// The Next.js app, behind our own http server.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import next from 'next';

export type Pages = {
  serve(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Of the compiler's own connection to the browser; none in production, where an upgrade is a plain request. */
  upgrade: ((request: IncomingMessage, socket: Duplex, head: Buffer) => void) | undefined;
  close(): Promise<void>;
};

/** Prepares the pages; with `isDevelopment` they are compiled as they are asked for, else from the build in .next/. */
export async function openPages(isDevelopment: boolean): Promise<Pages> {
  const app = next({ dev: isDevelopment, dir: import.meta.dirname });
  await app.prepare();
  return {
    serve: app.getRequestHandler(),
    upgrade: isDevelopment ? upgradeWith(app.getUpgradeHandler()) : undefined,
    close: () => app.close(),
  };
}

function upgradeWith(handler: (request: IncomingMessage, socket: Duplex, head: Buffer) => Promise<void>) {
  return (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    handler(request, socket, head).catch(() => socket.destroy());
  };
}
