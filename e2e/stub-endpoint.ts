// The server as the player sees it, without a database: what it answers can be chosen, what it was sent is kept.
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { viewedAtOf } from '#ingest/view-id.ts';
import type { Result } from '#ingest/wire.ts';
import type { SentView } from '#player/send.ts';

export type Stub = {
  /** The script tag to put on a page. */
  script: string;
  /** A video tag to put on a page. */
  video(key: string, attributes?: string): string;
  origin: string;
  /** Every view that was counted, in the order of arrival. */
  counted: SentView[];
  /** Every view that was sent, also again. */
  sent: SentView[];
  /** Answers everything with this status from now on; undefined is back to normal. */
  fail(status: number | undefined): void;
  close(): Promise<void>;
};

const publicFolder = path.join(import.meta.dirname, '../public');

export async function openStub(): Promise<Stub> {
  const player = await readFile(path.join(publicFolder, 'player.js'));
  const clip = await readFile(path.join(publicFolder, 'clip.webm'));
  const counted: SentView[] = [];
  const sent: SentView[] = [];
  let failure: number | undefined;

  function answer(view: SentView): Result {
    sent.push(view);
    const { id } = view;
    const serverTime = Date.now();
    const skew = Math.max(Math.abs(view.sentAt - serverTime), viewedAtOf(id) - serverTime);
    if (skew > 60_000) return { id, status: 'rejected', reason: 'clock_skew', serverTime };
    if (counted.some((other) => other.id === id)) return { id, status: 'duplicate' };
    counted.push(view);
    return { id, status: 'counted' };
  }

  const server = createServer(async (request, response) => {
    response.setHeader('access-control-allow-origin', '*');
    if (request.url?.startsWith('/player.js')) return response.setHeader('content-type', 'text/javascript').end(player);
    if (request.url?.endsWith('.webm')) return sendClip(clip, request, response);
    if (failure) return response.writeHead(failure).end();
    const views: SentView[] = JSON.parse(await text(request));
    response.setHeader('content-type', 'application/json').end(JSON.stringify(views.map(answer)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    script: `<script async src="${origin}/player.js"></script>`,
    video: (key, attributes = 'muted autoplay') =>
      `<video data-boxoffice="${key}" src="${origin}/clip.webm" ${attributes}></video>`,
    origin,
    counted,
    sent,
    fail(status) {
      failure = status;
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
