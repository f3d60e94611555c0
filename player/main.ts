// The script that other people's pages load. Whatever happens here, the page and its videos go on.
import { attachTo } from './attach.ts';
import { type Counter, openCounter } from './counter.ts';
import { isLeftOut } from './left-out.ts';
import { postTo } from './post.ts';
import { openStore } from './store.ts';
import { whereSeen } from './where.ts';

declare global {
  interface Window {
    /** For players that are not media elements: `boxoffice.view(KEY)` when playback starts. */
    boxoffice?: { view: Counter['view'] };
  }
}

try {
  const script = ownUrl();
  if (script && !window.boxoffice) start(script);
} catch (error) {
  console.warn('Boxoffice does not count on this page:', error);
}

function start(script: string): void {
  const endpoint = new URL('api/views', script).href;
  const embeds = new URL('embed/', script).href;
  const { view } = isLeftOut(
    openStore(() => localStorage),
    location.search,
  )
    ? { view: () => '' }
    : openCounter({
        post: (views) => postTo(endpoint, views),
        beacon: (views) => navigator.sendBeacon(endpoint, JSON.stringify(views)),
        where: () => whereSeen(embeds),
      });
  window.boxoffice = { view: (key, options) => view(String(key), options) };
  attachTo(document, view);
}

/** Where this script came from: the server to report to. A module or a bundler's copy does not know, so it is looked up. */
function ownUrl(): string | undefined {
  const { currentScript, scripts } = document;
  if (currentScript instanceof HTMLScriptElement && currentScript.src) return currentScript.src;
  return Array.from(scripts, ({ src }) => src).find((src) => /\/player\.js([?#]|$)/.test(src));
}
