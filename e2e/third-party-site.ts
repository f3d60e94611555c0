// Somebody else's web site: pages on an origin of its own, and the clip.
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

export type Site = {
  origin: string;
  /** Puts a page on the site, and gives its address. */
  publish(path: string, html: string): string;
  close(): Promise<void>;
};

const clipFile = path.join(import.meta.dirname, '../public/clip.webm');

export async function openSite(): Promise<Site> {
  const clip = await readFile(clipFile);
  const pages = new Map<string, string>();
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://site');
    const html = pages.get(pathname);
    if (pathname.endsWith('.webm')) return sendClip(clip, request, response);
    response.writeHead(html ? 200 : 404, { 'content-type': 'text/html; charset=utf-8' }).end(html ?? 'Not found');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    publish(pathname, html) {
      pages.set(pathname, `<!doctype html><meta charset="utf-8"><title>A page</title>${html}`);
      return origin + pathname;
    },
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** Browsers seek by asking for ranges. */
function sendClip(clip: Buffer, request: IncomingMessage, response: ServerResponse): void {
  const [, from = '0', to = ''] = /bytes=(\d+)-(\d*)/.exec(request.headers.range ?? '') ?? [];
  const part = clip.subarray(Number(from), to ? Number(to) + 1 : undefined);
  response.writeHead(request.headers.range ? 206 : 200, {
    'content-type': 'video/webm',
    'accept-ranges': 'bytes',
    'content-range': `bytes ${from}-${Number(from) + part.length - 1}/${clip.length}`,
  });
  response.end(part);
}
