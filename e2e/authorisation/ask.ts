// Sends a request as one of the readers does, and tells what became of it.
import { bodyOf, call } from '../call-action.ts';
import type { Caller } from './readers.ts';

/** How a page is asked for: by an address, by a link on another page, or because such a link is in sight. */
export const variants = ['plain', 'RSC', 'prefetch', 'segment'] as const;
export type Variant = (typeof variants)[number];

export type Outcome =
  /** It is answered. */
  | 'seen'
  /** 404, as what does not exist. */
  | 'absent'
  /** To /sign-in, and back from there. */
  | 'asked to sign in'
  /** To another page, which is their way. */
  | 'led on'
  /** What else the status says. */
  | `${number}`;

export type Answer = { outcome: Outcome; text: string };

const headersOf: Record<Variant, Record<string, string>> = {
  plain: {},
  RSC: { rsc: '1' },
  prefetch: { rsc: '1', 'next-router-prefetch': '1' },
  segment: { rsc: '1', 'next-router-prefetch': '1', 'next-router-segment-prefetch': '/_tree' },
};

/** A page or a route, by GET. `from` is the page that an intercepted one is asked for on. */
export async function visit(caller: Caller, path: string, variant: Variant, from?: string): Promise<Answer> {
  const headers = { ...caller.headers, ...headersOf[variant], ...(from ? { 'next-url': from } : {}) };
  const ask = (address: string) => fetch(`${caller.app}${address}`, { headers, redirect: 'manual' });
  const response = await ask(path);
  // The router puts a sum of these headers into the address, and whoever does not is told it.
  const summed = response.headers.get('location');
  return answerOf(variant !== 'plain' && summed && /[?&]_rsc\b/.test(summed) ? await ask(summed) : response);
}

/** JSON, by POST. */
export async function send(caller: Caller, path: string, body: unknown): Promise<Answer> {
  const headers = { ...caller.headers, 'content-type': 'application/json' };
  return answerOf(await fetch(`${caller.app}${path}`, { method: 'POST', headers, body: JSON.stringify(body) }));
}

/** A server action, as its page sends it: `form` takes the place of the last argument. */
export async function act(
  caller: Caller,
  { page, id, args, form }: { page: string; id: string; args: unknown[]; form?: Record<string, string> | undefined },
): Promise<Answer> {
  const headers = { ...caller.headers, origin: caller.app, accept: 'text/x-component' };
  const response = await call(caller.app, { id, page }, bodyOf(args, form), headers);
  // What the page makes of it afterwards comes after what the action answered: only the head is the action's own.
  return { outcome: outcomeOf(response.status, targetIn(response), ''), text: await response.text() };
}

async function answerOf(response: Response): Promise<Answer> {
  const isStream = response.headers.get('content-type')?.startsWith('text/event-stream');
  const text = isStream ? '' : await response.text();
  if (isStream) await response.body?.cancel();
  return { outcome: outcomeOf(response.status, targetIn(response) ?? redirectIn(text), text), text };
}

function targetIn({ headers }: Response): string | undefined {
  return headers.get('x-action-redirect') ?? headers.get('location') ?? undefined;
}

function outcomeOf(status: number, target: string | undefined, text: string): Outcome {
  if (target !== undefined) {
    // Those of actions have the kind of the step behind them.
    const { pathname } = new URL(target.replace(/;(push|replace)$/, ''), 'http://localhost');
    return pathname === '/sign-in' ? 'asked to sign in' : 'led on';
  }
  if (status === 404 || text.includes('NEXT_HTTP_ERROR_FALLBACK;404')) return 'absent';
  return status === 200 ? 'seen' : `${status}`;
}

/** Pages that were begun, and those for the router, say in the body where they lead. */
function redirectIn(text: string): string | undefined {
  return /NEXT_REDIRECT;(?:replace|push);([^;]+);/.exec(text)?.[1];
}
