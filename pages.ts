// The Next.js app, behind our own http server.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import next from 'next';

export type Pages = {
  serve(request: IncomingMessage, response: ServerResponse): Promise<void>;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): Promise<void>;
};

/** Prepares the pages; with `isDevelopment` they are compiled as they are asked for, else from the build in .next/. */
export async function openPages(isDevelopment: boolean): Promise<Pages> {
  const app = next({ dev: isDevelopment, dir: import.meta.dirname });
  await app.prepare();
  const upgrade = app.getUpgradeHandler();
  return {
    serve: app.getRequestHandler(),
    upgrade: (request, socket, head) => {
      upgrade(request, socket, head).catch(() => socket.destroy());
    },
    close: () => app.close(),
  };
}
