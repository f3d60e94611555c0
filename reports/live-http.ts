// GET /api/live?video=KEY, ?channel=HANDLE, or neither for all channels: what its page shows of now, as server-sent events.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Db } from '#db/client.ts';
import { isDatabaseAway } from '#db/database-away.ts';
import { problem, sendProblem } from '#problem.ts';
import { channelByHandle } from './channel-by-handle.ts';
import type { LiveEvent, LiveUpdates } from './live-updates.ts';
import { allChannels, type Subject } from './subject.ts';
import { videoByKey } from './video-by-key.ts';

const heartbeatMs = 15_000;
// A client that reads slowly misses events (each tells everything anew); one that stopped reading is let go.
const slowBytes = 256 * 1_024;
const lostBytes = 1_024 * 1_024;
const maxMissedInARow = 60;

/**
 * Answers with a stream that ends when the client leaves or the hub closes; a problem document when there is no such
 * subject. Rejects only for bugs, after a 500.
 */
export async function serveLiveUpdates(
  updates: LiveUpdates,
  db: Db,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method !== 'GET') {
    sendProblem(response, problem(405, 'Use GET.'), { allow: 'GET' });
    return;
  }
  const { searchParams } = new URL(request.url ?? '/', 'http://localhost');
  try {
    const subject = await findSubject(db, searchParams.get('video'), searchParams.get('channel'));
    if (subject) stream(updates, subject, response);
    else sendProblem(response, problem(404, 'There is no video of that key, or no channel of that handle.'));
  } catch (error) {
    sendFailure(response, error);
  }
}

function sendFailure(response: ServerResponse, error: unknown): void {
  if (!isDatabaseAway(error)) {
    sendProblem(response, problem(500, 'Something broke on our side.'));
    throw error;
  }
  sendProblem(response, problem(503, 'The database is away.'), { 'retry-after': '5' });
}

async function findSubject(db: Db, key: string | null, handle: string | null): Promise<Subject | undefined> {
  if (key !== null) {
    const video = await videoByKey(db, key);
    return video && { video: video.id };
  }
  if (handle === null) return allChannels;
  const channel = await channelByHandle(db, handle);
  return channel && { channel: channel.id };
}

function stream(updates: LiveUpdates, subject: Subject, response: ServerResponse): void {
  if (response.destroyed) return;
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  });
  // A write after the end is an error that nobody would catch.
  const write = (text: string) => {
    if (!response.writableEnded && !response.destroyed) response.write(text);
  };
  write('retry: 2000\n\n');
  const heartbeat = setInterval(() => write(': still here\n\n'), heartbeatMs);
  let missed = 0;
  const unsubscribe = updates.subscribe(
    subject,
    (event) => {
      const isSlow = response.writableLength > slowBytes;
      missed = isSlow ? missed + 1 : 0;
      if (response.writableLength > lostBytes || missed > maxMissedInARow) response.destroy();
      else if (!isSlow) write(frameOf(event));
    },
    () => response.end(),
  );
  response.on('close', () => {
    clearInterval(heartbeat);
    unsubscribe();
  });
}

// All who watch a subject get the same event: it is written out once.
const frames = new WeakMap<LiveEvent, string>();

function frameOf(event: LiveEvent): string {
  const frame = frames.get(event) ?? `data: ${JSON.stringify(event)}\n\n`;
  frames.set(event, frame);
  return frame;
}
