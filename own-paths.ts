// What this server answers itself, before the pages are asked. Each has its row in e2e/authorisation.
export const ownPaths = [
  '/api/views',
  '/api/identify',
  '/api/live',
  '/api/opening-balances',
  '/livez',
  '/readyz',
  '/metrics',
] as const;

export type OwnPath = (typeof ownPaths)[number];

/** The one that answers `path`; undefined for what is the pages'. */
export function ownPathOf(path: string): OwnPath | undefined {
  const isEntry = path.startsWith('/api/opening-balances/');
  return isEntry ? '/api/opening-balances' : ownPaths.find((own) => own === path);
}
