// What a server action reads of its request.
import { headers } from 'next/headers';

/** The client's; our own server puts it there, whatever the client sent. */
export async function clientAddress(): Promise<string> {
  return (await headers()).get('x-forwarded-for') ?? '';
}

/** What says who is signed in, and nothing else. */
export async function sessionHeaders(): Promise<Headers> {
  return new Headers({ cookie: (await headers()).get('cookie') ?? '' });
}
