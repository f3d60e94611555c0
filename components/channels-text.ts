import type { Scope } from '#accounts/may.ts';

/** What the channels of a scope are called together. */
export function channelsText(scope: Scope): string {
  return scope === 'all' ? 'all channels' : 'your channels';
}
