import { headers } from 'next/headers';
import { runtime } from '#runtime.ts';

/** Where this server is reached, for snippets: BASE_URL, or else what the reader's own request says. */
export async function baseUrl(): Promise<string> {
  const configured = runtime().baseUrl;
  if (configured) return configured;
  const request = await headers();
  const host = request.get('x-forwarded-host') ?? request.get('host') ?? 'localhost';
  return `${request.get('x-forwarded-proto') ?? 'http'}://${host}`;
}
