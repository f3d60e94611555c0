// Who may send to the view endpoint, and how much at once: anybody a little, a server with a key much more.
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { BlockList } from 'node:net';
import type { Scope } from '#accounts/api-key.ts';
import type { KeyDirectory, KeyProblem, KnownKey } from '#accounts/key-directory.ts';
import type { Actor } from '#accounts/may.ts';
import { type Problem, problem } from '#problem.ts';
import { type Sender, senderOf } from './sender.ts';

export type Gate = {
  keys: KeyDirectory;
  /** Seconds that a client address, or a key, has to wait, 0 for go. */
  limit: (client: string, now: number) => number;
  proxies: BlockList;
  /** Where browsers reach this server, where that is set. */
  ownOrigin: string | undefined;
  /** Who is signed in by the Cookie header of a request. */
  actorOf: (cookie: string) => Promise<Actor>;
};

export type Terms = { maxViews: number; maxBodyBytes: number };
export type Admission = { sender: Sender; terms: Terms };
export type Dismissal = { problem: Problem; headers: Record<string, string> };

const openTerms: Terms = { maxViews: 50, maxBodyBytes: 64 * 1024 };
// As many bytes for each view.
const keyTerms: Terms = { maxViews: 1_000, maxBodyBytes: 20 * 64 * 1024 };
const retryAfterSeconds = 2;

/** Decides over one request by its head, at `now` in milliseconds. */
export async function admit(gate: Gate, request: IncomingMessage, now: number): Promise<Admission | Dismissal> {
  const sender = senderOf(request, gate.proxies, gate.ownOrigin);
  const text = bearerOf(request.headers);
  if (text === undefined) {
    return overLimit(gate.limit(sender.address, now), 'from this address') ?? admitBrowser(gate, request, sender);
  }
  const key = await admitKey(gate, { text, address: sender.address }, viewsWriting, now);
  if ('problem' in key) return key;
  const server = { channelIds: key.channelIds };
  return { sender: { ...sender, server }, terms: keyTerms };
}

/** What a key is asked for, in the words of the refusals. */
export type Use = { scope: Scope; doing: string; whenAway: string };

const viewsWriting: Use = {
  scope: 'views:write',
  doing: 'send views',
  whenAway: 'Nothing was acknowledged: send the same ids again.',
};

/** The key `text` that came from `address`, if it may be used so, and not too often. */
export async function admitKey(
  { keys, limit }: Pick<Gate, 'keys' | 'limit'>,
  { text, address }: { text: string; address: string },
  use: Use,
  now: number,
): Promise<KnownKey | Dismissal> {
  return admitFound({ keys, limit }, () => keys.find(text, now), address, use, now);
}

/** The same of a key that is found another way. */
export async function admitFound(
  { limit }: Pick<Gate, 'keys' | 'limit'>,
  find: () => Promise<KnownKey | KeyProblem>,
  address: string,
  use: Use,
  now: number,
): Promise<KnownKey | Dismissal> {
  let key: KnownKey | KeyProblem;
  try {
    key = await find();
  } catch {
    return databaseAway(use.whenAway);
  }
  // Whoever tries keys out is slowed down as any other client is.
  if (typeof key === 'string') return overLimit(limit(address, now), 'from this address') ?? badKey(key);
  if (!key.scopes.has(use.scope)) return withoutScope(key, use);
  return overLimit(limit(key.prefix, now), 'with this key') ?? key;
}

/** A page of ours tells by its cookie who watches; nobody else is asked for one, and whoever has none costs no query. */
async function admitBrowser(
  gate: Gate,
  { headers: { cookie } }: IncomingMessage,
  sender: Sender,
): Promise<Admission | Dismissal> {
  if (!sender.isOwnPage || cookie === undefined) return { sender, terms: openTerms };
  try {
    return { sender: { ...sender, actor: await gate.actorOf(cookie) }, terms: openTerms };
  } catch {
    return databaseAway(viewsWriting.whenAway);
  }
}

function databaseAway(whatNow: string): Dismissal {
  const detail = `The database is away. ${whatNow}`;
  return { problem: problem(503, detail), headers: { 'retry-after': String(retryAfterSeconds) } };
}

/** The key that a request brings. Other schemes than Bearer are between a browser and some proxy, and none of ours. */
export function bearerOf({ authorization }: IncomingHttpHeaders): string | undefined {
  return authorization && /^bearer(?: +(.*))?$/i.test(authorization) ? authorization.slice(6).trim() : undefined;
}

/** The refusal of whoever has to wait `wait` seconds; undefined for go. */
export function overLimit(wait: number, where: string): Dismissal | undefined {
  if (wait === 0) return undefined;
  const reason = problem(429, `Too many requests ${where}: wait ${wait} s.`);
  return { problem: reason, headers: { 'retry-after': String(wait) } };
}

const keyProblems = {
  unknown: 'There is no such key: compare it with the one that was shown, or make one with npm run key -- create.',
  revoked: 'This key was revoked: make another with npm run key -- create.',
  expired: 'This key has expired: make another with npm run key -- create.',
};

function badKey(state: keyof typeof keyProblems): Dismissal {
  return {
    problem: problem(401, keyProblems[state]),
    headers: { 'www-authenticate': 'Bearer error="invalid_token"' },
  };
}

function withoutScope({ prefix }: KnownKey, { scope, doing }: Use): Dismissal {
  const detail = `The key ${prefix} may not ${doing}: make one with npm run key -- create NAME --scope ${scope}.`;
  const headers = { 'www-authenticate': `Bearer error="insufficient_scope", scope="${scope}"` };
  return { problem: problem(403, detail), headers };
}
