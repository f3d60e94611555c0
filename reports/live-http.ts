// GET /api/live?video=KEY, ?channel=HANDLE, or neither for all channels of the reader: what its page shows of now, as server-sent events.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Actor, type Scope, scopeOf } from '#accounts/may.ts';
import type { Db } from '#db/client.ts';
import { isDatabaseAway } from '#db/database-away.ts';
import { problem, sendProblem } from '#problem.ts';
import { channelByHandle } from './channel-by-handle.ts';
import type { LiveEvent, LiveUpdates } from './live-updates.ts';
import { watchedGuests, watchedUser, watchedVideo } from './live-watches.ts';
import type { Subject } from './subject.ts';
import { videoByKey } from './video-by-key.ts';

const heartbeatMs = 15_000;
// A client that reads slowly misses events (each tells everything anew); one that stopped reading is let go.
const slowBytes = 256 * 1_024;
const lostBytes = 1_024 * 1_024;
const maxMissedInARow = 60;
// Then the client comes back and is asked again: a session may be over by its age, of which nobody is told.
const longestMs = 3_600_000;

export type LiveDoor = { updates: LiveUpdates; db: Db; identify: () => Promise<Actor> };

/**
 * Answers with a stream that ends when the client leaves, the hub closes, or what its reader may see could be another; a problem
 * document when there is no such subject, or not for this reader. Rejects only for bugs, after a 500.
 */
export async function serveLiveUpdates(
  { updates, db, identify }: LiveDoor,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method !== 'GET') {
    sendProblem(response, problem(405, 'Use GET.'), { allow: 'GET' });
    return;
  }
  const { searchParams } = new URL(request.url ?? '/', 'http://localhost');
  const watch = updates.watch();
  response.on('close', watch.close);
  try {
    const actor = await identify();
    const found = await findSubject(db, scopeOf(actor, 'dashboards:read'), searchParams);
    if (!found) return sendProblem(response, problem(404, 'There is no such video or channel, or not for you.'));
    stream(updates, found.subject, response);
    watch.over([readerOf(actor), ...found.keys.map(watchedVideo)], () => response.end());
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

/** With the keys that lead to it. */
async function findSubject(
  db: Db,
  scope: Scope | undefined,
  params: URLSearchParams,
): Promise<{ subject: Subject; keys: string[] } | undefined> {
  const [key, handle] = [params.get('video'), params.get('channel')];
  if (scope === undefined) return undefined;
  if (key !== null) {
    const video = await videoByKey(db, scope, key);
    return video && { subject: { video: video.id }, keys: [key, video.key] };
  }
  if (handle === null) return { subject: { channels: scope }, keys: [] };
  const channel = await channelByHandle(db, scope, handle);
  return channel && { subject: { channel: channel.id }, keys: [] };
}

function readerOf(actor: Actor): string {
  return actor.kind === 'user' ? watchedUser(actor.id) : watchedGuests;
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
  const longest = setTimeout(() => response.end(), longestMs);
  response.on('close', () => {
    clearInterval(heartbeat);
    clearTimeout(longest);
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
