import { cookies } from 'next/headers';
import { parseSetCookie } from '#security/set-cookie.ts';

/** Gives the browser the cookies of Set-Cookie headers, as they are. */
export async function passCookies(headers: string[]): Promise<void> {
  const jar = await cookies();
  for (const header of headers) {
    const { name, value, ...attributes } = parseSetCookie(header);
    jar.set(name, value, attributes);
  }
}
