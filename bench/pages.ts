// The pages that are measured, by a path of the bench's data. A page of app/ without one ends the bench.
import { readdirSync } from 'node:fs';
import path from 'node:path';

const app = path.join(import.meta.dirname, '..', 'app');

/** Routes that need no data of their own have their route for a path. */
const fixedPaths: Record<string, string[]> = {
  '/': ['/', '/?range=365d'],
  '/videos': ['/videos', '/videos?range=28d', '/videos?q=video+7'],
  '/videos/[key]': ['/videos/v1?range=365d', '/videos/v900?range=28d'],
  '/channels/[handle]': ['/channels/channel-1?range=365d'],
  '/explain': ['/explain?video=v1&unit=total'],
  '/watch/[key]': ['/watch/v1'],
  '/embed/[key]': ['/embed/v1'],
  '/channels/[handle]/settings': ['/channels/channel-1/settings'],
  ...Object.fromEntries(
    ['edit', 'merge', 'delete', 'opening'].map((page) => [`/videos/[key]/${page}`, [`/videos/v1/${page}`]]),
  ),
};
/** Only there for somebody who holds a link. */
const leftOut = ['/join/[token]', '/reset/[token]'];

/** What stands in the addresses of pages about one thing. */
export type Ids = { view: string; member: string; key: string };

/** A path or more of every page. Throws naming those for which none is known. */
export function measuredPages({ view, member, key }: Ids): string[] {
  const pathsOf: Record<string, string[]> = {
    ...fixedPaths,
    '/receipts/[id]': [`/receipts/${view}`],
    '/members/[id]': [`/members/${member}`],
    '/keys/[prefix]/revoke': [`/keys/${key}/revoke`],
  };
  const routes = readdirSync(app, { recursive: true, encoding: 'utf8' })
    .filter((file) => /(^|\/)page\.tsx$/.test(file) && !file.includes('@'))
    .map((file) => `/${path.dirname(file)}`.replace(/\/\([^)]*\)/g, '').replace(/^\/\.$/, '') || '/')
    .filter((route) => !leftOut.includes(route));
  const missing = routes.filter((route) => route.includes('[') && !pathsOf[route]);
  if (missing.length > 0) throw new Error(`bench/pages.ts has no path for ${missing.join(', ')}: add one.`);
  return routes.toSorted().flatMap((route) => pathsOf[route] ?? [route]);
}
