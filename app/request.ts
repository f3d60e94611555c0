// What a server action reads of its request.
import { headers } from 'next/headers';

/** A text field of a form, empty if it is not there. Postgres keeps no NUL. */
export function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value.replaceAll('\0', '') : '';
}

/** The client's; our own server puts it there, whatever the client sent. */
export async function clientAddress(): Promise<string> {
  return (await headers()).get('x-forwarded-for') ?? '';
}

/** What says who is signed in, and nothing else. */
export async function sessionHeaders(): Promise<Headers> {
  return new Headers({ cookie: (await headers()).get('cookie') ?? '' });
}
