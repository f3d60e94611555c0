// Server actions as whoever writes the requests themselves calls them: each is a public address.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

export type Action = {
  id: string;
  /** Of the repository. */
  file: string;
  /** The name of its function. */
  name: string;
  /** A page that has it. */
  page: string;
};

const manifest = z.object({
  node: z.record(
    z.string(),
    z.object({ filename: z.string(), exportedName: z.string(), workers: z.record(z.string(), z.unknown()) }),
  ),
});
const parameters = { token: 'none', key: 'crane', handle: 'docks', prefix: '0123abcd', id: 'cy' };

/** Every action of the build. */
export async function builtActions(): Promise<Action[]> {
  const file = path.join(import.meta.dirname, '../.next/server/server-reference-manifest.json');
  const { node } = manifest.parse(JSON.parse(await readFile(file, 'utf8')));
  return Object.entries(node).map(([id, { filename, exportedName, workers }]) => {
    const page = Object.keys(workers).find((one) => !one.includes('@')) ?? '';
    const address = page.replace(/^app|\/\([^)]*\)|\/page$/g, '');
    const filled = Object.entries(parameters).reduce(
      (text, [name, value]) => text.replace(`[${name}]`, value),
      address,
    );
    return { id, file: filename, name: exportedName, page: filled || '/' };
  });
}

export async function actionOf(name: string): Promise<Action> {
  const found = (await builtActions()).find((action) => action.name === name);
  if (!found) throw new Error(`The build has no action ${name}.`);
  return found;
}

/** The body of a call: `args` as JSON, and after them the fields of a form where there are any. */
export function bodyOf(args: unknown[], fields?: Record<string, string>): string | FormData {
  if (!fields) return JSON.stringify(args);
  const form = new FormData();
  form.set('0', JSON.stringify([...args, '$K1']));
  for (const [name, value] of Object.entries(fields)) form.set(`_1_${name}`, value);
  return form;
}

/** Calls it as a page of `app` does, but for `headers`. */
export function call(
  app: string,
  { id, page }: Pick<Action, 'id' | 'page'>,
  body: string | FormData,
  headers: Record<string, string> = {},
): Promise<Response> {
  const type: Record<string, string> = typeof body === 'string' ? { 'content-type': 'text/plain' } : {};
  return fetch(`${app}${page}`, {
    method: 'POST',
    body,
    headers: { 'next-action': id, ...type, ...headers },
    redirect: 'manual',
  });
}
