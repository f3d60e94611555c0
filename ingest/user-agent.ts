import Bowser from 'bowser';
import { isbot } from 'isbot';
import { LRUCache } from 'lru-cache';

export type UserAgent = {
  /** Why the sender is taken for a bot; null for people. */
  bot: 'no_user_agent' | 'declared_bot' | null;
  device: string | null;
  browser: string | null;
  os: string | null;
};

// Parsing takes some 30 us; a platform's viewers share a few thousand user agents.
const described = new LRUCache<string, UserAgent>({ max: 5_000 });
const maxLength = 512;

/** What a User-Agent header says: labels only, nothing is dropped for it. */
export function describeUserAgent(header: string): UserAgent {
  const text = header.slice(0, maxLength);
  const remembered = described.get(text);
  if (remembered) return remembered;
  const description = parse(text);
  described.set(text, description);
  return description;
}

function parse(text: string): UserAgent {
  if (text === '') return { bot: 'no_user_agent', device: null, browser: null, os: null };
  const { browser, os, platform } = Bowser.parse(text);
  return {
    bot: isbot(text) ? 'declared_bot' : null,
    device: known(Bowser.PLATFORMS_MAP, platform.type),
    browser: known(Bowser.BROWSER_MAP, browser.name),
    os: known(Bowser.OS_MAP, os.name),
  };
}

/** Only names of the parser's own lists: what it makes up from an unknown header would let anybody add labels. */
function known(names: Record<string, string>, name: string | undefined): string | null {
  return name && Object.values(names).includes(name) ? name : null;
}
