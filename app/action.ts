import { notFound } from 'next/navigation';
import { z } from 'zod';
import { beginCall } from '#security/action-call.ts';

/** A key, handle, id or the like that a page put into an action. Postgres keeps no NUL: nothing is called so. */
export const named = z.string().refine((text) => !text.includes('\0'));

/** What a form has, texts without NUL. */
export const filled = z.instanceof(FormData).transform((form) => {
  const clean = new FormData();
  for (const [name, value] of form) clean.append(name, typeof value === 'string' ? value.replaceAll('\0', '') : value);
  return clean;
});

/** The state that the form had before. It comes from the sender: actions do not read it. */
export const before = z.unknown();

/**
 * A server action. Whoever can send a request calls it with whatever they like, so `act` gets each argument as its schema of `args`
 * parses it. Where one does not parse, the answer is 404, as for an action that does not exist; further arguments are dropped.
 */
export function action<const Args extends readonly z.ZodType[], Answer>(
  args: Args,
  act: (...given: Parsed<Args>) => Promise<Answer>,
): (...sent: Sent<Args>) => Promise<Answer> {
  return async (...sent) => {
    const given = args.map((schema, at) => schema.safeParse(sent[at]));
    if (!given.every(({ success }) => success)) notFound();
    beginCall();
    return act(...(given.map(({ data }) => data) as Parsed<Args>));
  };
}

type Parsed<Args extends readonly z.ZodType[]> = { -readonly [At in keyof Args]: z.output<Args[At]> };
type Sent<Args extends readonly z.ZodType[]> = { -readonly [At in keyof Args]: z.input<Args[At]> };
