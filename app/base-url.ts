import { headers } from 'next/headers';
import { runtime } from '#runtime.ts';

/** Where this server is reached, for snippets: BASE_URL, or else what the reader's own request says. */
export async function baseUrl(): Promise<string> {
  const configured = runtime().baseUrl;
  if (configured) return configured;
  const request = await headers();
  // Our own server puts both there, whatever the client sent: a valid host, and what our proxies said.
  return `${request.get('x-forwarded-proto') ?? 'http'}://${request.get('x-forwarded-host') ?? 'localhost'}`;
}
