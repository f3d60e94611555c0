// /api/identify: POST says which device is whose, by a server with a key or by a page with what its server signed; DELETE takes it back.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import type { KnownKey } from '#accounts/key-directory.ts';
import type { Sql } from '#db/client.ts';
import { isDatabaseAway } from '#db/database-away.ts';
import { admitFound, admitKey, bearerOf, type Dismissal, type Gate, overLimit, type Use } from '#ingest/admission.ts';
import { sendPreflight } from '#ingest/door.ts';
import { type Readers, sendJson, sendRefusal } from '#ingest/http-answer.ts';
import { readViews } from '#ingest/read-body.ts';
import { senderOf } from '#ingest/sender.ts';
import { type Problem, problem } from '#problem.ts';
import { type Identified, reverseBinding } from './bind-device.ts';
import type { Identifier } from './identifier.ts';
import { viewerOfUser } from './viewer-of-user.ts';

export type IdentifyDoor = Omit<Gate, 'actorOf'> & {
  sql: Sql;
  clock: () => number;
  identifier: Identifier;
  userSecret: () => Promise<string>;
};

type Answer = Dismissal | { status: number; body: unknown };

const use: Use = {
  ...{ scope: 'identify:write', doing: 'say whose a device is' },
  whenAway: 'Nothing was bound: send the same again.',
};
const terms = { maxViews: 1_000, maxBodyBytes: 512 * 1024 };
const device = z
  .uuid('should be the UUID of a device')
  .toLowerCase()
  .refine((uuid) => uuid[14] !== '8', 'should be the UUID of a device, not of version 8');
const user = z.string('should be the id of a user: 1 to 200 characters').min(1).max(200);
const identification = z.object({ device, user });
const signed = identification.extend({
  key: z.string('should be the part of a key that is shown, such as bo_1a2b3c4d'),
  signature: z.string('should be 64 hexadecimal digits').regex(/^[0-9a-f]{64}$/i, 'should be 64 hexadecimal digits'),
});

/** What a platform's server signs for a page: HMAC-SHA256, in hex, by the SHA-256 of the key in hex. */
export function signedText(user: string): string {
  return `boxoffice-identify\n${user}`;
}

/** Answers one request. Rejects only for bugs. */
export async function serveIdentify(
  door: IdentifyDoor,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method === 'OPTIONS') return sendPreflight(response, {});
  const readers: Readers = bearerOf(request.headers) === undefined ? 'any site' : 'its server';
  const answer = await answerTo(door, request).catch((error): Answer => {
    if (!isDatabaseAway(error)) throw error;
    return later(`The database is away. ${use.whenAway}`);
  });
  if ('status' in answer) return sendJson(response, readers, answer.body, { status: answer.status });
  const headers = request.complete ? answer.headers : { ...answer.headers, connection: 'close' };
  sendRefusal(response, readers, answer.problem, headers);
}

async function answerTo(door: IdentifyDoor, request: IncomingMessage): Promise<Answer> {
  const { method, headers } = request;
  if (method !== 'POST' && method !== 'DELETE') {
    return refusal(problem(405, 'Bind a device with POST, reverse that with DELETE.'), { allow: 'POST, DELETE' });
  }
  const now = door.clock();
  const { address } = senderOf(request, door.proxies, door.ownOrigin);
  const text = bearerOf(headers);
  if (text === undefined) return method === 'POST' ? bySignature(door, request, address, now) : refusal(keyMissing);
  const key = ofAllChannels(await admitKey(door, { text, address }, use, now));
  if ('problem' in key) return key;
  const read = await readViews(request, terms);
  if ('status' in read) return refusal(read);
  if (method === 'DELETE') return unbind(door, key, read.bodies[0], now);
  const outcomes = await identifyAll(door, key, read.bodies);
  return 'problem' in outcomes || read.isArray ? answerOf(outcomes) : answerOfOne(outcomes[0]);
}

const keyMissing = problem(401, 'Send the key of a server as Authorization: Bearer bo_…');

/** A page shows that its server knows the user. */
async function bySignature(
  door: IdentifyDoor,
  request: IncomingMessage,
  address: string,
  now: number,
): Promise<Answer> {
  const tooOften = overLimit(door.limit(address, now), 'from this address');
  if (tooOften) return tooOften;
  const read = await readViews(request, { ...terms, maxViews: 1 });
  if ('status' in read) return refusal(read);
  const parsed = signed.safeParse(read.bodies[0]);
  if (!parsed.success)
    return refusal(
      problem(400, `${messageOf(parsed.error)}. Without a key a page sends device, user, key and signature.`),
    );
  const { key: prefix, signature, ...asked } = parsed.data;
  const find = () => door.keys.findBySignature(prefix, signedText(asked.user), signature, now);
  const key = ofAllChannels(await admitFound(door, find, address, use, now));
  if ('problem' in key) return key;
  const outcomes = await identifyAll(door, key, [asked]);
  return 'problem' in outcomes ? outcomes : answerOfOne(outcomes[0]);
}

/** Whose a device is holds for every channel. */
function ofAllChannels(key: KnownKey | Dismissal): KnownKey | Dismissal {
  if ('problem' in key || key.channelIds === null) return key;
  return refusal(
    problem(
      403,
      `The key ${key.prefix} is for some channels, and a device is a user's in all of them: make one without --channel.`,
    ),
  );
}

type Outcome = Identified | { status: 'invalid'; message: string };

async function identifyAll(
  door: IdentifyDoor,
  { prefix }: KnownKey,
  bodies: unknown[],
): Promise<Outcome[] | Dismissal> {
  const secret = await door.userSecret();
  const parsed = bodies.map((body) => identification.safeParse(body));
  const asked = parsed.flatMap(({ data }) =>
    data ? [{ device: data.device, userViewer: viewerOfUser(secret, data.user) }] : [],
  );
  const outcomes = await door.identifier.identify(asked, `key:${prefix}`);
  if (!outcomes) return later('Too many devices wait to be bound. Nothing of this was: send the same again.');
  const told = outcomes[Symbol.iterator]();
  return parsed.map(
    ({ error }): Outcome =>
      error ? { status: 'invalid', message: messageOf(error) } : (told.next().value ?? { status: 'unchanged' }),
  );
}

function answerOf(outcomes: Outcome[] | Dismissal): Answer {
  return 'problem' in outcomes ? outcomes : { status: 200, body: outcomes };
}

function answerOfOne(outcome: Outcome | undefined): Answer {
  if (outcome?.status === 'invalid') return refusal(problem(400, `${outcome.message}.`));
  if (outcome?.status === 'taken') {
    return refusal(
      problem(409, "The device is another user's until that is reversed: DELETE it first, with the key of a server."),
    );
  }
  return { status: 200, body: outcome };
}

async function unbind({ sql }: IdentifyDoor, { prefix }: KnownKey, body: unknown, now: number): Promise<Answer> {
  const parsed = z.object({ device }).safeParse(body);
  if (!parsed.success) return refusal(problem(400, `${messageOf(parsed.error)}.`));
  const outcome = await reverseBinding(sql, parsed.data.device, { actor: `key:${prefix}`, now: new Date(now) });
  if (outcome.status === 'not_bound') return refusal(problem(404, 'The device is no user’s.'));
  return { status: 200, body: outcome };
}

function messageOf({ issues: [issue] }: z.ZodError): string {
  return issue?.path.length ? `${issue.path.join('.')}: ${issue.message}` : 'Send an object with device and user';
}

function later(detail: string): Dismissal {
  return refusal(problem(503, detail), { 'retry-after': '2' });
}

function refusal(reason: Problem, headers: Record<string, string> = {}): Dismissal {
  return { problem: reason, headers };
}
