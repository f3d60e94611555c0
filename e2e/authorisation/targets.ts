// Everything that answers a request: what the build made of app/, the server's own doors, and the files of public/.
import { readdir, readFile } from 'node:fs/promises';
import { z } from 'zod';
import { ownPaths } from '#own-paths.ts';
import { builtActions } from '../call-action.ts';

export type Target =
  /** `name` is the path of its file, without the groups that no address shows. */
  | { kind: 'page' | 'route' | 'door' | 'file'; name: string }
  /** `name` is its file and what the file exports; `id` is what browsers send. */
  | { kind: 'action'; name: string; id: string };

const routes = z.record(z.string(), z.string());
/** Of the app as it was built last. */
export async function listTargets(): Promise<Target[]> {
  const built = Object.keys(routes.parse(await readJson('.next/app-path-routes-manifest.json')));
  return [
    ...built.map((name) => ({ kind: name.endsWith('/route') ? ('route' as const) : ('page' as const), name })),
    ...(await builtActions()).map(({ id, file, name }) => ({ kind: 'action' as const, id, name: `${file} ${name}` })),
    ...ownPaths.map((name) => ({ kind: 'door' as const, name })),
    ...(await readdir('public', { recursive: true })).map((name) => ({ kind: 'file' as const, name: `/${name}` })),
  ];
}

async function readJson(path: string): Promise<unknown> {
  return JSON.parse(await readFile(path, 'utf8'));
}
