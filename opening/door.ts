// /api/opening-balances for servers with a key: POST enters a list, GET lists entries, DELETE of one reverses it.
import { isUtf8 } from 'node:buffer';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { z } from 'zod';
import type { KnownKey } from '#accounts/key-directory.ts';
import type { Sql } from '#db/client.ts';
import { isDatabaseAway } from '#db/database-away.ts';
import { admitKey, bearerOf, type Gate, type Use } from '#ingest/admission.ts';
import { sendJson } from '#ingest/http-answer.ts';
import { readBody } from '#ingest/read-body.ts';
import { senderOf } from '#ingest/sender.ts';
import { type Problem, problem, sendProblem } from '#problem.ts';
import { dateAt } from '#reports/calendar.ts';
import { enterBalances } from './enter-balances.ts';
import { listEntries } from './list-entries.ts';
import { newBalance } from './new-balance.ts';
import { entryNumber, reverseEntry } from './reverse-entry.ts';

export type OpeningDoor = Omit<Gate, 'actorOf'> & { sql: Sql; clock: () => number; timeZone: string };

type Answer = { problem: Problem; headers?: Record<string, string> } | { status: number; body: unknown };
type Caller = OpeningDoor & { key: KnownKey; now: Date };

const path = '/api/opening-balances';
const maxBalances = 1_000;
const maxBodyBytes = 256 * 1024;
const listedAtOnce = 100;
const use: Use = { scope: 'views:write', doing: 'enter opening balances', whenAway: 'Try again soon.' };

/** Answers one request. Rejects only for bugs. */
export async function serveOpening(
  door: OpeningDoor,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const answer = await answerTo(door, request).catch((error): Answer => {
    if (!isDatabaseAway(error)) throw error;
    return { problem: problem(503, `The database is away. ${use.whenAway}`), headers: { 'retry-after': '5' } };
  });
  if ('status' in answer) return sendJson(response, 'its server', answer.body, { status: answer.status });
  // What is answered before the body was read closes the connection, since the rest of it would look like a request.
  const headers = request.complete ? answer.headers : { ...answer.headers, connection: 'close' };
  sendProblem(response, answer.problem, headers);
}

async function answerTo(door: OpeningDoor, request: IncomingMessage): Promise<Answer> {
  const now = new Date(door.clock());
  const text = bearerOf(request.headers) ?? '';
  const { address } = senderOf(request, door.proxies, door.ownOrigin);
  const key = await admitKey(door, { text, address }, use, now.getTime());
  if ('problem' in key) return key;
  const url = new URL(request.url ?? '', 'http://localhost');
  const caller = { ...door, key, now };
  if (url.pathname !== path) return serveEntry(caller, request, url.pathname.slice(path.length + 1));
  if (request.method === 'GET') return list(caller, url.searchParams.get('before') ?? undefined);
  if (request.method === 'POST') return enter(caller, request);
  return { problem: problem(405, 'List entries with GET, enter counts with POST.'), headers: { allow: 'GET, POST' } };
}

async function enter({ sql, key, now, timeZone }: Caller, request: IncomingMessage): Promise<Answer> {
  const read = await readBody(request, maxBodyBytes, 'counts');
  if ('status' in read) return { problem: read };
  const given = parseList(read.body);
  if ('problem' in given) return given;
  const author = { actor: `key:${key.prefix}`, now } as const;
  const entered = await enterBalances(sql, given.balances, {
    ...{ whose: key.channelIds, author, today: dateAt(now, timeZone) },
  });
  if (entered.status !== 'refused') return { status: 201, body: entered };
  return listProblem(entered.problems.map(({ at, problem }) => ({ index: at, problem })));
}

function parseList(body: Buffer): { balances: z.infer<typeof newBalance>[] } | { problem: Problem } {
  const list = isUtf8(body) ? parseJson(body.toString()) : undefined;
  if (!Array.isArray(list) || list.length === 0 || list.length > maxBalances) {
    return { problem: problem(400, `Send a JSON array of 1 to ${maxBalances} counts, each with video and views.`) };
  }
  const parsed = list.map((one) => newBalance.safeParse(one));
  const problems = parsed.flatMap(({ error }, index) => (error ? [{ index, problem: messageOf(error) }] : []));
  return problems.length > 0 ? listProblem(problems) : { balances: parsed.flatMap(({ data }) => data ?? []) };
}

function listProblem(problems: { index: number; problem: string }[]): { problem: Problem } {
  const detail = 'Nothing was entered: each problem names a count by its place in the array, from 0.';
  return { problem: { ...problem(422, detail), problems } };
}

function messageOf({ issues }: z.ZodError): string {
  return issues.map(({ path, message }) => (path.length > 0 ? `${path.join('.')}: ${message}` : message)).join('; ');
}

async function list({ sql, key }: Caller, before: string | undefined): Promise<Answer> {
  const last = entryNumber.optional().safeParse(before);
  if (!last.success) return { problem: problem(400, 'before should be the number of an entry.') };
  const entries = await listEntries(sql, key.channelIds, { limit: listedAtOnce, before: last.data });
  return { status: 200, body: { entries } };
}

async function serveEntry({ sql, key, now }: Caller, request: IncomingMessage, name: string): Promise<Answer> {
  if (request.method !== 'DELETE') {
    return { problem: problem(405, 'Reverse an entry with DELETE.'), headers: { allow: 'DELETE' } };
  }
  const entry = entryNumber.safeParse(name);
  const author = { actor: `key:${key.prefix}`, now } as const;
  const reversed = entry.success
    ? await reverseEntry(sql, entry.data, key.channelIds, author)
    : ({ status: 'unknown' } as const);
  if (reversed.status === 'unknown')
    return { problem: problem(404, 'There is no such entry among those of this key.') };
  if (reversed.status === 'of_others') {
    return {
      problem: problem(403, 'A part of the entry is of channels that this key is not for. Nothing was reversed.'),
    };
  }
  return { status: 200, body: reversed };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
