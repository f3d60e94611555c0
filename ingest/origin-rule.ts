// Which sites may count for a channel, as the hot path asks it.
import { isSite, noOrigin, opaqueOrigin } from '#channels/origin-pattern.ts';
import { siteOf } from './site.ts';

export type OriginRule = { sites: Set<string>; endings: string[]; takesOpaque: boolean; takesNone: boolean };

/** The rule that a channel's patterns make; null where it has none: then every site may. */
export function originRule(patterns: string[]): OriginRule | null {
  if (patterns.length === 0) return null;
  const hosts = patterns.filter(isSite);
  return {
    sites: new Set(hosts.filter((host) => !host.startsWith('*.'))),
    endings: hosts.filter((host) => host.startsWith('*.')).map((host) => host.slice(1)),
    takesOpaque: patterns.includes(opaqueOrigin),
    takesNone: patterns.includes(noOrigin),
  };
}

/** Whether a request with this Origin header may count; undefined: it had none. */
export function allowsOrigin(rule: OriginRule, origin: string | undefined): boolean {
  if (origin === undefined) return rule.takesNone;
  if (origin === 'null') return rule.takesOpaque;
  return allowsSite(rule, origin);
}

/** Whether the Origin header names a site of the list, whatever the words on it. */
export function allowsSite(rule: OriginRule, origin: string | undefined): boolean {
  const site = siteOf(origin);
  if (site === null) return false;
  return rule.sites.has(site) || rule.endings.some((ending) => site.length > ending.length && site.endsWith(ending));
}
