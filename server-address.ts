import type { Env } from './env.ts';

/** Where a server with these settings is reached, for commands that name its pages, and for what a start prints. */
export function serverAddress({ BASE_URL, HOST, PORT }: Pick<Env, 'BASE_URL' | 'HOST' | 'PORT'>): string {
  if (BASE_URL) return BASE_URL;
  // Listening on every address, it is reached by this one too.
  const host = { '0.0.0.0': '127.0.0.1', '::': '::1' }[HOST] ?? HOST;
  return `http://${host.includes(':') ? `[${host}]` : host}:${PORT}`;
}
