// A POST to a page, from the door to the first line of the action that it calls. What fails between the two was sent by somebody
// whom no page has written the request for. Node's modules and the pages' bundles have this file twice, so the store is shared.
import { AsyncLocalStorage } from 'node:async_hooks';

type Call = { hasBegun: boolean; isTold: boolean };

const slot = Symbol.for('boxoffice.action-call');
const shared = globalThis as unknown as Record<symbol, AsyncLocalStorage<Call> | undefined>;
shared[slot] ??= new AsyncLocalStorage<Call>();
const calls = shared[slot];

/** Runs `serve` as one call; it is told whether what fails is the sender's mistake by then. */
export function serveCall<Answer>(serve: (isMistaken: () => boolean) => Answer): Answer {
  const call: Call = { hasBegun: false, isTold: false };
  return calls.run(call, () => serve(() => !call.hasBegun));
}

/** The arguments were read: what fails from now on is ours. */
export function beginCall(): void {
  const call = calls.getStore();
  if (call) call.hasBegun = true;
}

/** Whether the failure that is told here is of a call which was sent wrong; `first` for the first one of each. */
export function mistakenCall(): 'first' | 'again' | undefined {
  const call = calls.getStore();
  if (!call || call.hasBegun) return undefined;
  const which = call.isTold ? 'again' : 'first';
  call.isTold = true;
  return which;
}
